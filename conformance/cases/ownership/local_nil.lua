-- shows: A handle in a local variable that was set to nil is gone after one collection.
-- proves: state.collect
-- edition: seed, 0.4
local check = require "check"
local mtstates = require "mtstates"

local id
local state = mtstates.newstate("owned", "return print")
id = state:id()
state = nil

collectgarbage()
check.gone(mtstates, "owned", id)
print("gone")
