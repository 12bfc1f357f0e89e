-- shows: A setup string makes a state; its first result is the callback, further results follow the state.
-- proves: mtstates.newstate, newstate.callback, newstate.string, newstate.arguments, newstate.isolated
-- edition: seed, 0.4
local check = require "check"
local mtstates = require "mtstates"

local state, two, three = mtstates.newstate(nil, [[
    local a, b = ...
    return function(...) return a + b, ... end, "two", nil
]], 3, 4)
check.equal(two, "two")
check.equal(three, nil)
check.values({n = 3, 7, "x", nil}, state:call("x", nil))

x = "mine"
local other = mtstates.newstate("return function() local old = x; x = 'its'; return old end")
check.equal(other:call(), nil)
check.equal(other:call(), "its")
check.equal(x, "mine")
print(two, three, state:call(1))
