-- shows: A coroutine may yield inside of pcall and xpcall.
-- proves: coroutine.yield.pcall
-- needs: coroutines
-- like: Lua 5.2

local co = coroutine.create(function()
    print("pcall", pcall(function()
        local x = coroutine.yield("first")
        error("after " .. x, 0)
    end))
    print("xpcall", xpcall(function() return coroutine.yield("second") end, debug.traceback))
    return "end"
end)
print(coroutine.resume(co))
print(coroutine.resume(co, "resume"))
print(coroutine.resume(co, "value"))
print(coroutine.status(co))
