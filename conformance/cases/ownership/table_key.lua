-- shows: A handle that was the key of a table and removed is gone after one collection.
-- proves: state.collect
-- edition: seed, 0.4
local check = require "check"
local mtstates = require "mtstates"

local id
local set = {}
do
    local state = mtstates.newstate("owned", "return print")
    id = state:id()
    set[state] = true
    set[state] = nil
end

collectgarbage()
check.gone(mtstates, "owned", id)
print("gone")
