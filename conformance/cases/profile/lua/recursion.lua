-- shows: Functions call themselves; tail calls need no room, and endless recursion is an error.
-- proves: lua.calls.tail, lua.calls.depth, lua.calls.overflow

local function fact(n) return n <= 1 and 1 or n * fact(n - 1) end
print(fact(10), fact(20))
local function loop(n) if n == 0 then return "done" end return loop(n - 1) end
print(loop(100000))
local even, odd
function even(n) if n == 0 then return true end return odd(n - 1) end
function odd(n) if n == 0 then return false end return even(n - 1) end
print(even(10001), odd(10001))
local function depth(n) if n == 0 then return 0 end return 1 + depth(n - 1) end
print(depth(1000), depth(10000))
local function endless() return 1 + endless() end
local ok, message = pcall(endless)
print(ok, tostring(message):find("stack overflow", 1, true) ~= nil)
print("still fine", depth(100))
local t = setmetatable({}, {})
getmetatable(t).__index = function(_, k) return t[k + 1] end
print((pcall(function() return t[1] end)))
print("still fine", pcall(depth, 1000))
