-- shows: tostring returns whatever __tostring returns; print wants a string.
-- proves: base.tostring.any, base.print

local function to(v)
	local result = {pcall(tostring, v)}
	if not result[1] then return "refused" end
	return (table.unpack or unpack)(result, 2)
end
local function shown(...)
	local values = {...}
	return setmetatable({}, {__tostring = function() return (table.unpack or unpack)(values) end})
end
for _, v in ipairs {"text", true, false, "", {1}} do
	local result = to(shown(v))
	print(type(result), type(result) == "table" and result[1] or result, result == v)
end
print(to(shown()), to(shown(nil)), to(shown("1", 2, 3)))
print(to(shown(12)) .. "", to(shown("1")) .. 2)
print(shown("one"))
print((pcall(print, shown({}))))
print((pcall(print, shown())))
print((pcall(print, shown(true))))
print(pcall(tostring, setmetatable({}, {__tostring = 5})))
print(pcall(tostring, setmetatable({}, {__tostring = function() error("inside", 0) end})))
