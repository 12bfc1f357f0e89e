-- shows: Local variables of running functions can be read and set, by level and number.
-- proves: debug.getlocal, debug.getlocal.scope, debug.getlocal.level, debug.setlocal

local function names(level)
	local list = {}
	for i = 1, 20 do
		local name, value = debug.getlocal(level + 1, i)
		if not name or name:sub(1, 1) == "(" then break end
		list[#list + 1] = name .. "=" .. tostring(value):gsub("[: ].*", "")
	end
	return table.concat(list, " ")
end
local function f(a, b)
	local x = 1
	do local hidden = 2 end
	print(names(1))
	do local inner = {} print(names(1)) end
	local x = "another"
	print(names(1))
	print(debug.setlocal(1, 1, "changed"), debug.setlocal(1, 3, 99), debug.setlocal(1, 4, nil), debug.setlocal(1, 99, 0))
	return a, b, x, names(1)
end
print(f(1, 2, 3, 4))
local function method(self, n) self.seen = names(1) return self.seen, n end
print(({m = method}).m({}, 5))
local function deep(n)
	if n == 0 then
		local here = "h"
		print(names(1), debug.getlocal(2, 1))
		print(debug.setlocal(3, 1, 70))
		return 0
	end
	local r = deep(n - 1)
	return r + n
end
print(deep(2))
-- An upvalue is seen where it is a variable, and closures share what setlocal sets.
local function owner() local shared = 1 local function read() return shared end print(debug.setlocal(1, 1, "set")) return read() end
print(owner())
print(pcall(function() return debug.getlocal(50, 1) end) == false)
print((pcall(debug.getlocal, "x", 1)), (pcall(debug.getlocal, 1)), (pcall(debug.setlocal, 1, 1)), (pcall(debug.setlocal, 99, 1, 1)))
print((select("#", debug.getlocal(1, 99))), debug.getlocal(1, 99))
