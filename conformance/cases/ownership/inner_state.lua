-- shows: A handle that only another state holds is gone, together with that state, after one collection.
-- proves: state.collect
-- edition: seed, 0.4
local check = require "check"
local mtstates = require "mtstates"

local id
local outer = mtstates.newstate([[
    local inner = require("mtstates").newstate("owned", "return print")
    return function() return inner:id() end
]])
id = outer:call()
collectgarbage()
check.equal(mtstates.state("owned"):id(), id)
local outerId = outer:id()
outer = nil

collectgarbage()
check.gone(mtstates, "owned", id)
check.fails(mtstates.error.unknown_object, mtstates.state, outerId)
print("gone")
