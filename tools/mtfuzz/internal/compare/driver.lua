-- Runs programs with PUC Lua: reads the prelude and programs from the standard input, each behind a line with its length,
-- and writes the output of each program behind a line with its length. Each program has globals of its own.

local function read()
	local length = io.read("*l")
	return length and (tonumber(length) == 0 and "" or io.read(tonumber(length)))
end

local compile
if setfenv then
	function compile(source, chunk, env)
		local f, message = loadstring(source, chunk)
		return f and setfenv(f, env), message
	end
else
	function compile(source, chunk, env)
		return load(source, chunk, "t", env)
	end
end

local function environment(lines)
	local env = {}
	for name, value in pairs(_G) do
		env[name] = value
	end
	env._G = env
	function env.print(text)
		lines[#lines + 1] = text
	end
	function env.loadstring(source, chunk)
		return compile(source, chunk, env)
	end
	return env
end

local function interrupt()
	error("interrupted", 0)
end

local function run(source, chunk, env, lines)
	local f, message = compile(source, chunk, env)
	if not f then
		lines[#lines + 1] = "syntax: " .. message
		return
	end
	debug.sethook(interrupt, "", 100000000)
	local ok, e = pcall(f)
	debug.sethook()
	if not ok then
		lines[#lines + 1] = "error: " .. (type(e) == "string" and e or "a " .. type(e) .. " value")
	end
end

local prelude = read()
for source in read do
	local lines = {}
	local env = environment(lines)
	run(prelude, "=prelude", env, lines)
	run(source, "=f", env, lines)
	lines[#lines + 1] = "" -- so that each line has its newline
	local output = table.concat(lines, "\n")
	io.write(#output, "\n", output)
	io.flush()
end
