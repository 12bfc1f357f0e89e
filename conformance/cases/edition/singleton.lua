-- shows: singleton with names that several states have, and handles of look-ups beside those of singleton.
-- proves: mtstates.singleton, singleton.owns, state.ambiguous, isowner.made
-- edition: 0.4
local check = require "check"
local mtstates = require "mtstates"

local setup = "local name = ... return function() return name end"
local one = mtstates.newstate("name", true, setup, "one")
local found = mtstates.singleton("name", "error('not used')")
check.equal(found:id(), one:id())
check.equal(found:isowner(), true)
local reference = mtstates.state("name")
check.equal(reference:isowner(), false)
local two = mtstates.newstate("name", true, setup, "two")
check.fails(mtstates.error.ambiguous_name, mtstates.singleton, "name", setup)
check.fails(mtstates.error.ambiguous_name, mtstates.state, "name")
check.equal(reference:call(), "one") -- a handle stands for its state, not for the name
one:close()
check.fails(mtstates.error.object_closed, found.call, found)
check.fails(mtstates.error.object_closed, reference.call, reference)
check.equal(mtstates.singleton("name", setup):call(), "two")
two:close()
local three, made = mtstates.singleton("name", true, "return function() return 'three' end, 'made'")
check.equal(made, "made")
reference = mtstates.state("name")
check.equal(reference:call(), "three")
three = nil
collectgarbage()
check.fails(mtstates.error.object_closed, reference.call, reference)
print("one of the name")
