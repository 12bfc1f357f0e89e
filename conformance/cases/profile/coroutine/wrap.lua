-- shows: coroutine.wrap makes a function that resumes; errors go through.
-- proves: coroutine.wrap
-- needs: coroutines

local function range(n) return coroutine.wrap(function() for i = 1, n do coroutine.yield(i, i * i) end end) end
for i, square in range(3) do print(i, square) end
local f = coroutine.wrap(function(...) local x = ... while true do x = coroutine.yield(x * 2) end end)
print(f(1), f(5), f(10))
local g = coroutine.wrap(function() return "one", "two" end)
print(g())
print("dead", (pcall(g)))
print("message", select(2, pcall(g)):find("cannot resume dead coroutine", 1, true) ~= nil)
local h = coroutine.wrap(function() error("inside", 0) end)
print(pcall(h))
local object = {}
print(select(2, pcall(coroutine.wrap(function() error(object) end))) == object)
print("no function", (pcall(coroutine.wrap, 5)))
