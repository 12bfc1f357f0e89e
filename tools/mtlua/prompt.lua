-- What the prompt needs from the VM, with the library functions as they are before a script can change them. It returns
-- three functions: read a line, write values at length, and complete a line.
local read, stdin, write = io.stdin.read, io.stdin, io.write
local find, format, gsub, match, rep, sub = string.find, string.format, string.gsub, string.match, string.rep, string.sub
local concat, sort = table.concat, table.sort
local getmetatable, rawget, next, type, tostring, ipairs = debug.getmetatable, rawget, next, type, tostring, ipairs
local select, globals = select, _G

local keywords = {}
for word in string.gmatch([[and break do else elseif end false for function if in local nil not or repeat return then true
	until while]], "%a+") do
	keywords[word] = true
end

local function isName(text) return find(text, "^[%a_][%w_]*$") and not keywords[text] end

-- Tables below this depth are not written out.
local maxDepth = 6
local lineWidth = 80

local function text(value)
	if type(value) == "string" then
		return (gsub(gsub(format("%q", value), "\\\n", "\\n"), "%c", function(c) return format("\\%03d", c:byte()) end))
	end
	return tostring(value)
end

-- sortedKeys returns the keys of a table behind the first n integers: numbers, strings and others, each in order.
local function sortedKeys(t, n)
	local keys, order = {}, { number = 1, string = 2 }
	for key in next, t do
		local inList = type(key) == "number" and key >= 1 and key <= n and key % 1 == 0
		if not inList then keys[#keys + 1] = key end
	end
	local names = {}
	for _, key in ipairs(keys) do names[key] = tostring(key) end
	sort(keys, function(a, b)
		local x, y = order[type(a)] or 3, order[type(b)] or 3
		if x ~= y then return x < y end
		if x < 3 then return a < b end
		return names[a] < names[b]
	end)
	return keys
end

-- show returns a value as a text that Lua could read again, were there only tables, strings, numbers and booleans in it.
-- outer has the tables that the value is inside of.
local function show(value, indent, outer, depth)
	local metatable = type(value) == "table" and getmetatable(value)
	if type(value) ~= "table" or metatable and rawget(metatable, "__tostring") then return text(value) end
	if outer[value] then return "{ --[[ inside of itself ]] }" end
	if next(value) == nil then return "{}" end
	if depth == maxDepth then return "{ ... }" end
	outer[value] = true
	local inner, parts, n = indent .. "  ", {}, 0
	while rawget(value, n + 1) ~= nil do
		n = n + 1
		parts[n] = show(rawget(value, n), inner, outer, depth + 1)
	end
	for _, key in ipairs(sortedKeys(value, n)) do
		local name = type(key) == "string" and isName(key) and key or "[" .. text(key) .. "]"
		parts[#parts + 1] = name .. " = " .. show(rawget(value, key), inner, outer, depth + 1)
	end
	outer[value] = nil
	local line = "{ " .. concat(parts, ", ") .. " }"
	if #indent + #line <= lineWidth and not find(line, "\n", 1, true) then return line end
	return "{\n" .. inner .. concat(parts, ",\n" .. inner) .. ",\n" .. indent .. "}"
end

local function pretty(...)
	for i = 1, select("#", ...) do
		write(show((select(i, ...)), "", {}, 0), "\n")
	end
end

-- fields calls visit with each name that indexing a value finds without running code: those of a table, and of the tables
-- that are its metatables' __index.
local function fields(value, visit)
	for _ = 1, 20 do
		if type(value) == "table" then
			for key, field in next, value do
				if type(key) == "string" and isName(key) then visit(key, field) end
			end
		end
		local metatable = getmetatable(value)
		value = type(metatable) == "table" and rawget(metatable, "__index") or nil
		if value == nil then return end
	end
end

local function field(value, name)
	local found
	fields(value, function(key, v)
		if key == name and found == nil then found = v end
	end)
	return found
end

-- complete returns what may stand in the place of the last name of a line, sorted and separated by newlines, and how many
-- bytes of the line are in front of that name.
local function complete(line)
	local chain = match(line, "[%w_.:]*$")
	local path, separator, start = match(chain, "^(.*)([.:])([%w_]*)$")
	local value, found, names = globals, {}, {}
	if path then
		for name in string.gmatch(path, "[^.:]+") do value = field(value, name) end
	else
		start = chain
		if find(start, "^%d") then return "", 0 end
		if start ~= "" then
			for word in next, keywords do found[word] = true end
		end
	end
	fields(value, function(key, v)
		if separator ~= ":" or type(v) == "function" then found[key] = true end
	end)
	for name in next, found do
		if sub(name, 1, #start) == start then names[#names + 1] = name end
	end
	sort(names)
	return concat(names, "\n"), #line - #start
end

return function() return read(stdin, "*l") end, pretty, complete
