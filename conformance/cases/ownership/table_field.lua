-- shows: A handle under a field that was set to nil is gone after one collection.
-- proves: state.collect
-- edition: seed, 0.4
local check = require "check"
local mtstates = require "mtstates"

local id
local t = { state = mtstates.newstate("owned", "return print") }
id = t.state:id()
t.state = nil

collectgarbage()
check.gone(mtstates, "owned", id)
print("gone")
