-- shows: A handle inside a coroutine that was dropped before its end, or finished, is gone after one collection.
-- proves: state.collect
-- needs: coroutines
-- edition: seed, 0.4
local check = require "check"
local mtstates = require "mtstates"

local id
do
    local co = coroutine.wrap(function()
        local state = mtstates.newstate("owned", "return print")
        id = state:id()
        coroutine.yield()
        return state:id()
    end)
    co()
end
local otherId
do
    local co = coroutine.create(function()
        local state = mtstates.newstate("other", "return print")
        otherId = state:id()
    end)
    coroutine.resume(co)
end
collectgarbage()
check.gone(mtstates, "other", otherId)

collectgarbage()
check.gone(mtstates, "owned", id)
print("gone")
