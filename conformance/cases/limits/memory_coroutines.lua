-- shows: What coroutines hold counts, and they are stopped as well.
-- proves: limit.memory, limit.memory_hidden
-- needs: coroutines, limits
-- with: memory
-- edition: seed, 0.4
local check = require "check"
local mtstates = require "mtstates"

local state = mtstates.newstate([[
    local unpack = unpack or table.unpack
    local bombs = {}
    function bombs.suspended() local t = {} while true do t[#t + 1] = coroutine.wrap(coroutine.yield) t[#t]() end end
    function bombs.unstarted() local t = {} while true do t[#t + 1] = coroutine.create(function() end) end end
    function bombs.inside() coroutine.wrap(function() local t = {} while true do t[#t + 1] = {} end end)() end
    function bombs.resume() while true do coroutine.resume(coroutine.create(function() kept = kept or {} while true do kept[#kept + 1] = {} end end)) end end
    function bombs.held()
        local t = {}
        while true do
            t[#t + 1] = coroutine.wrap(function() local s = ("x"):rep(1e5) .. #t coroutine.yield() return s end)
            t[#t]()
        end
    end
    function bombs.arguments()
        local list, t = {}, {}
        for i = 1, 2000 do list[i] = i end
        while true do
            t[#t + 1] = coroutine.wrap(function(...) coroutine.yield() return ... end)
            t[#t](unpack(list))
        end
    end
    return function(name)
        kept = nil
        if name == "works" then return coroutine.wrap(function() return "works" end)() end
        bombs[name]()
    end
]])
for _, name in ipairs { "suspended", "unstarted", "inside", "resume", "held", "arguments" } do
    check.fails(mtstates.error.out_of_memory, state.call, state, name)
    print(name, state:call("works"))
end
