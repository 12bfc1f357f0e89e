-- shows: A handle in an array slot that was popped or set to nil is gone after one collection.
-- proves: state.collect
-- edition: seed, 0.4
local check = require "check"
local mtstates = require "mtstates"

local id
local list = { 1, mtstates.newstate("owned", "return print") }
id = list[2]:id()
local other = { mtstates.newstate("other", "return print") }
local otherId = other[1]:id()
table.remove(list)
other[1] = nil

collectgarbage()
check.gone(mtstates, "owned", id)
check.gone(mtstates, "other", otherId)
print("gone")
