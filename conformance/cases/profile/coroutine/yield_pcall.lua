-- shows: A coroutine may yield in functions that pcall has called, and errors after that are still caught.
-- proves: coroutine.yield.pcall
-- needs: continuations
-- like: Lua 5.2

local co = coroutine.wrap(function(...)
    print("args", ...)
    print("pcall", pcall(function(a) local b, c = coroutine.yield(a) return b, c end, 1))
    print("error", pcall(function() coroutine.yield(2) error("after", 0) end))
    print("object", select("#", pcall(function() coroutine.yield(3) error({}) end)))
    print("nil", pcall(function() coroutine.yield(4) error(nil) end))
    print("runtime", pcall(function() coroutine.yield(5) local t = nil; return t.x end))
    print("nested", pcall(pcall, function() coroutine.yield(6) error("inner", 0) end))
    print("rethrown", pcall(function() local ok, e = pcall(function() coroutine.yield(7) error("first", 0) end) coroutine.yield(8) error(e .. " again", 0) end))
    print("yield itself", pcall(coroutine.yield, 9))
    print("yield twice", pcall(pcall, coroutine.yield, 10))
    return "end", coroutine.yield(11)
end)
print(co("a", nil, "c"))
for i = 1, 12 do print(i, pcall(co, "r" .. i, i)) end
