-- shows: The status of coroutines that resume each other, and what they may resume.
-- proves: coroutine.status, coroutine.running, coroutine.resume.errors
-- needs: coroutines

local outer
outer = coroutine.create(function(...)
    print("arguments", ...)
    local _, problem = coroutine.resume((coroutine.running()), 1)
    print("itself", _, problem:match("cannot resume"))
    local inner = coroutine.create(function()
        _, problem = coroutine.resume(outer, 1)
        print("from inside", coroutine.status(outer), _, problem:match("cannot resume"))
        coroutine.yield((coroutine.running()) ~= outer)
        error("ends", 0)
    end)
    print(coroutine.resume(inner))
    print(coroutine.status(inner), coroutine.resume(inner))
    print(coroutine.status(inner), coroutine.resume(inner))
    print("yielded", coroutine.yield((coroutine.running()) == outer))
    return coroutine.status(inner)
end)
print(coroutine.resume(outer, nil, 2, nil))
print(coroutine.status(outer))
print(coroutine.resume(outer, nil, "x"))
print(coroutine.status(outer), coroutine.resume(outer))
local keys = {[outer] = "key"}
print(keys[outer], type(outer), outer == outer, tostring(outer) == tostring(outer))
