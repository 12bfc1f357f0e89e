-- shows: A handle whose function has returned is gone after one collection.
-- proves: state.collect
-- edition: seed, 0.4
local check = require "check"
local mtstates = require "mtstates"

local id
local function f()
    local state = mtstates.newstate("owned", "return print")
    return state:id()
end
id = f()

collectgarbage()
check.gone(mtstates, "owned", id)
print("gone")
