-- What fuzzed programs call. All of it is global; the programs have no other means to print.

-- So few calls end every program, and none nests as many Go or C calls as a Lua allows.
local lines, fuel = 200, 40

unpack = unpack or table.unpack
loadstring = loadstring or load

-- shown writes a value without addresses and in one way only; tables are sorted, and no metamethod is called.
local function shown(v, nesting)
	local kind = type(v)
	if kind == "number" then
		if v ~= v then
			return "nan"
		elseif v == math.huge or v == -math.huge then
			return v > 0 and "inf" or "-inf"
		elseif v == 0 then
			return 1 / v > 0 and "0" or "-0"
		end
		return string.format("%.14g", v)
	elseif kind == "string" then
		return '"' .. string.gsub(v, "[^ !#-~]", function(c) return "<" .. string.byte(c) .. ">" end) .. '"'
	elseif kind == "nil" or kind == "boolean" then
		return tostring(v)
	elseif kind ~= "table" then
		return kind
	elseif nesting > 3 then
		return "{...}"
	end
	local fields = {}
	for key, value in next, v do
		if key == 0 then
			key = 0 -- negative zero is the same key
		end
		fields[#fields + 1] = "[" .. shown(key, nesting + 1) .. "]=" .. shown(value, nesting + 1)
	end
	table.sort(fields)
	return "{" .. table.concat(fields, ",") .. "}"
end

-- out prints its arguments.
function out(...)
	if lines == 0 then
		return
	end
	lines = lines - 1
	local texts = {}
	for i = 1, select("#", ...) do
		texts[i] = shown((select(i, ...)), 1)
	end
	print(table.concat(texts, " "))
end

-- enter ends programs that call too much: every function of a program begins with it.
function enter()
	fuel = fuel - 1
	if fuel < 0 then
		error("out of fuel", 0)
	end
end

-- try calls f and prints the error that it raises.
function try(f)
	local ok, e = pcall(f)
	if not ok then
		out("error", e)
	end
end

-- seq returns t when it is a list without holes, otherwise an empty list.
function seq(t)
	if type(t) ~= "table" then
		return {}
	end
	local count, last = 0, 0
	for key in next, t do
		if type(key) == "number" and key >= 1 and key == math.floor(key) then
			count = count + 1
			last = math.max(last, key)
		end
	end
	return count == last and t or {}
end

-- len returns the length of a list without holes, otherwise -1.
function len(t)
	return seq(t) == t and #t or -1
end

-- plain returns a value that every Lua writes in the same way: not NaN, and no number of which PUC Lua writes 14 digits only.
function plain(v)
	if type(v) == "number" and (v ~= v or math.abs(v) >= 1e14 and math.abs(v) < 2^53) then
		return 0
	end
	return v
end

-- numbers and texts return the values of a list that can be sorted, without messages that name functions.
local function only(kind, t)
	local kept = {}
	for _, value in ipairs(t) do
		if type(value) == kind and plain(value) == value and not string.find(value, "bad argument", 1, true) then
			kept[#kept + 1] = value
		end
	end
	return kept
end
function numbers(t) return only("number", t) end
function texts(t) return only("string", t) end
