-- shows: A coroutine may yield in a metamethod.
-- proves: coroutine.yield.metamethods
-- needs: coroutines
-- like: Lua 5.2

local m = {}
m.__index = function(_, k) return coroutine.yield("index " .. k) end
m.__add = function() return coroutine.yield("add") end
m.__call = function(_, x) return coroutine.yield("call " .. x) end
m.__eq = function() return coroutine.yield("eq") end
m.__concat = function() return coroutine.yield("concat") end
local a, b = setmetatable({}, m), setmetatable({}, m)
local co = coroutine.wrap(function() return a.x, a + 1, a(5), a == b, a .. "y" end)
print(co())
print(co("i"))
print(co("s"))
print(co("c"))
print(co(true))
print(co("j"))
