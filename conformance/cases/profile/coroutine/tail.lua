-- shows: A coroutine may yield in the tail of its functions.
-- proves: coroutine.yield, lua.calls.tail
-- needs: coroutines

local co = coroutine.wrap(function(a) return coroutine.yield(a) end)
print(co(1), co(2))
local function inner(a) return coroutine.yield(a .. "!") end
co = coroutine.create(function(a) return inner(a) end)
print(coroutine.resume(co, "x"))
print(coroutine.resume(co, "y", "z"))
print(coroutine.status(co), coroutine.resume(co))
