-- shows: A setup string with a syntax error is a bad argument, with its place among the arguments.
-- proves: newstate.syntax
-- edition: 0.4
local check = require "check"
local mtstates = require "mtstates"

check.fails("bad argument #1 to 'newstate'", mtstates.newstate, "x x")
check.fails("bad argument #2 to 'newstate'", mtstates.newstate, "name", "x x")
check.fails("bad argument #2 to 'newstate'", mtstates.newstate, false, "return function(")
check.fails("bad argument #3 to 'newstate'", mtstates.newstate, "name", true, "x x", 1)
check.fails("bad argument #2 to 'singleton'", mtstates.singleton, "name", "x x")
check.fails("bad argument #3 to 'singleton'", mtstates.singleton, "name", false, "x x", 1)
check.fails(mtstates.error.unknown_object, mtstates.state, "name")
-- An error that the setup raises is not one of its syntax.
check.fails(mtstates.error.invoking_state, mtstates.newstate, "assert(loadstring or load)('x x') error('raised')")
check.equal(mtstates.newstate("name", "return function() return 1 end"):call(), 1)
print("bad arguments")
