-- shows: A coroutine is suspended, running, normal or dead.
-- proves: coroutine.status, coroutine.running
-- needs: coroutines

local co, other
co = coroutine.create(function()
    print("inside", coroutine.status(co))
    other = coroutine.create(function() print("from the other", coroutine.status(co), coroutine.status(other)) end)
    coroutine.resume(other)
    print("ended other", coroutine.status(other))
    print("running", (coroutine.running()) == co)
    coroutine.yield()
end)
print("new", coroutine.status(co))
coroutine.resume(co)
print("after yield", coroutine.status(co))
coroutine.resume(co)
print("at the end", coroutine.status(co))
local failed = coroutine.create(function() error("x") end)
coroutine.resume(failed)
print("failed", coroutine.status(failed))
print("tostring", tostring(co):match("^thread: ") ~= nil)
