-- shows: A handle that a Go function handed to a callback is gone after one collection.
-- proves: state.collect
-- edition: seed, 0.4
local check = require "check"
local mtstates = require "mtstates"

local id
do
    local state = mtstates.newstate("owned", "return print")
    id = state:id()
    require("host").each(function(s) check.equal(s:id(), id) end, state)
end

collectgarbage()
check.gone(mtstates, "owned", id)
print("gone")
