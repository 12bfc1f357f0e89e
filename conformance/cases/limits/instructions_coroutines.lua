-- shows: The instructions of coroutines count for the call in which they run.
-- proves: limit.instructions
-- needs: coroutines, limits
-- with: instructions
-- edition: seed, 0.4
local check = require "check"
local mtstates = require "mtstates"

local setup = [[
    local n = 0
    local function loop() while true do n = n + 1 end end
    local kinds = {}
    function kinds.inside() coroutine.wrap(loop)() end
    function kinds.yielding()
        local f = coroutine.wrap(function() while true do n = n + 1 coroutine.yield() end end)
        while true do f() end
    end
    function kinds.resume() while true do coroutine.resume(coroutine.create(loop)) end end
    function kinds.many() while true do coroutine.wrap(function() n = n + 1 end)() end end
    function kinds.nested()
        local function nest(depth) if depth == 0 then loop() end coroutine.wrap(nest)(depth - 1) end
        while true do pcall(nest, 5) end
    end
    return function(kind)
        if kind == "count" then
            local counted = n
            n = 0
            return counted
        end
        kinds[kind]()
    end
]]
for _, kind in ipairs { "inside", "yielding", "resume", "many", "nested" } do
    local counts = {}
    for i = 1, 3 do
        local state = mtstates.newstate(setup)
        check.fails(mtstates.error.interrupted, state.call, state, kind)
        counts[i] = state:call("count")
    end
    check.equal(counts[1], counts[2])
    check.equal(counts[2], counts[3])
    print(kind, counts[1] > 1000)
end
