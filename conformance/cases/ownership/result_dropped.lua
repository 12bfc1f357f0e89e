-- shows: A handle that was returned and not taken is gone after one collection.
-- proves: state.collect
-- edition: seed, 0.4
local check = require "check"
local mtstates = require "mtstates"

local id
local function f()
    local state = mtstates.newstate("owned", "return print")
    id = state:id()
    return state, state, state
end
f()

collectgarbage()
check.gone(mtstates, "owned", id)
print("gone")
