-- shows: Values go into and out of a coroutine with resume and yield.
-- proves: coroutine.create, coroutine.resume, coroutine.yield
-- needs: coroutines

local co = coroutine.create(function(a, b)
    print("start", a, b)
    local c, d = coroutine.yield(a + b)
    print("resumed", c, d)
    local e = coroutine.yield()
    print("again", e)
    return "end", 1, nil
end)
print(type(co))
print(coroutine.resume(co, 1, 2))
print(coroutine.resume(co, "x", nil))
print(coroutine.resume(co, true))
print(coroutine.resume(co))
print(select("#", coroutine.resume(coroutine.create(function() return nil, nil end))))
print("no function", (pcall(coroutine.create, 5)), (pcall(coroutine.create, nil)))
print("no coroutine", (pcall(coroutine.resume, 5)))
