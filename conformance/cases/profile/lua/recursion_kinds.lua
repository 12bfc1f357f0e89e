-- shows: Endless recursion of every kind is an error that can be caught.
-- proves: lua.calls.overflow

local function fails(name, f, ...)
	local ok, message = pcall(f, ...)
	print(name, ok, tostring(message):find("stack overflow", 1, true) ~= nil)
end
local function passing(...) return 1 + passing(...) end
fails("arguments that are passed on", passing, 1, 2, 3)
local function growing(...)
	if select("#", ...) < 400 then return 1 + growing(1, ...) end
	return 1 + growing(...) -- PUC Lua 5.1 would take gigabytes before it complains
end
fails("more arguments in each call", growing)
local function wide(a)
	local b, c, d, e, f, g, h, i, j, k, l, m = a, a, a, a, a, a, a, a, a, a, a, a
	return wide(a) + b + c + d + e + f + g + h + i + j + k + l + m
end
fails("many variables", wide, 1)
local object = {}
function object:method() return 1 + self:method() end
fails("a method", object.method, object)
local even, odd
function even(n) return not odd(n - 1) end
function odd(n) return not even(n - 1) end
fails("two functions", even, 1)
fails("a closure in each call", (function() local function f() local function g() return 1 + f() end return g() + 1 end return f end)())
fails("a coroutine", function() local co = coroutine.wrap(function() return passing(1) end) return co() end)
fails("in an iterator", function() local function each() for _ in each do end return 1 end return each() end)
fails("in a comparison", function(list) return table.sort(list, function(a, b) return passing(a, b) end) end, {3, 1, 2})
