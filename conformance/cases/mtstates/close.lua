-- shows: A closed state is gone for calls and look-ups; what names it still answers.
-- proves: mtstates.state:close, close.final, mtstates.error.object_closed
-- edition: seed, 0.4
local check = require "check"
local mtstates = require "mtstates"

local state = mtstates.newstate("c", "return function() return 1 end")
local same = mtstates.state("c")
local id = state:id()
state:close()
state:close()
check.equal(check.details(check.fails(mtstates.error.object_closed, state.call, state)), 'mtstates.state(name="c",id=' .. id .. ")")
check.fails(mtstates.error.object_closed, same.call, same)
check.equal(state:id(), id)
check.equal(state:name(), "c")
check.contains(tostring(state), 'name="c"')
check.fails(mtstates.error.unknown_object, mtstates.state, "c")
check.equal(mtstates.newstate("c", "return function() return 2 end"):call(), 2)
print("closed")
