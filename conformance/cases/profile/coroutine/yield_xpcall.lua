-- shows: A coroutine may yield in functions that xpcall has called; the handler runs where the error is raised.
-- proves: coroutine.yield.pcall
-- needs: continuations
-- like: Lua 5.2

local function handler(e) return "handled " .. tostring(e) end
local co = coroutine.wrap(function()
    print("well", xpcall(function(...) return coroutine.yield(...) end, handler, 1, 2))
    print("error", xpcall(function() coroutine.yield("e") error("x", 0) end, handler))
    print("before", xpcall(function() error("y", 0) end, handler))
    local depth
    print("position", xpcall(function() coroutine.yield("d") local function deep() error("z", 0) end deep() end,
        function(e) depth = debug.traceback("t"):find("deep", 1, true) ~= nil return e end), depth)
    print("fails", xpcall(function() coroutine.yield("f") error("v", 0) end, function() error("again") end))
    print("runtime", xpcall(function() coroutine.yield("r") return 1 + {} end, function(e) return (e:gsub("^.-:%d+: ", "")) end))
    print("nested", xpcall(function()
        print("inner", xpcall(function() coroutine.yield("n") error("in", 0) end, function(e) return e .. " 1" end))
        coroutine.yield("m")
        error("out", 0)
    end, function(e) return e .. " 2" end))
    print("pcall in xpcall", xpcall(function() return pcall(function() coroutine.yield("p") error("q", 0) end) end, handler))
    print("handler yields", xpcall(function() coroutine.yield("h") error("w", 0) end, function(e) coroutine.yield(e) return "never" end))
    return "end"
end)
local v = {co()}
while v[1] ~= "end" do
    print("yielded", table.unpack(v))
    v = {co("a", "b")}
end
