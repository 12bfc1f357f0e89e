-- shows: States are found by id and by name; unknown ones raise unknown_object.
-- proves: mtstates.state, state.lookup, state.setup, state.id, mtstates.state:id, mtstates.error.unknown_object
-- edition: seed, 0.4
local check = require "check"
local mtstates = require "mtstates"

local a = mtstates.newstate("a", "local n = 0 return function() n = n + 1 return n end")
local b = mtstates.newstate("return function() end")
assert(b:id() > a:id())
check.equal(a:call(), 1)
check.equal(mtstates.state(a:id()):call(), 2)
check.equal(mtstates.state("a"):call(), 3)
check.equal(check.details(check.fails(mtstates.error.unknown_object, mtstates.state, "none")), 'state name "none"')
check.equal(check.details(check.fails(mtstates.error.unknown_object, mtstates.state, 0)), "state id 0")
check.equal(check.details(check.fails(mtstates.error.unknown_object, mtstates.state, 1.5)), "state id 1.5")
check.fails("bad argument #1 to 'state' (number or string expected, got no value)", mtstates.state)
a:close()
check.fails(mtstates.error.unknown_object, mtstates.state, "a")
check.fails(mtstates.error.unknown_object, mtstates.state, a:id())
print(check.details(select(2, pcall(mtstates.state, "none"))))
