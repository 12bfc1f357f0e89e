-- shows: A name is recognised with at least two arguments; it is taken as long as its state lives.
-- proves: newstate.name, state.name, mtstates.state:name, mtstates.error.object_exists, newstate.failure
local check = require "check"
local mtstates = require "mtstates"

local code = "return function() return 1 end"
local a = mtstates.newstate("a", code)
check.equal(a:name(), "a")
check.values({n = 0}, mtstates.newstate(code):name())
check.values({n = 0}, mtstates.newstate(nil, code):name())
check.values({n = 0}, mtstates.newstate(nil, false, code):name())
local err = check.fails(mtstates.error.object_exists, mtstates.newstate, "a", code)
check.equal(err:details(), 'mtstates.state(name="a",id=' .. a:id() .. ')')

-- also while the holder is still in its setup
local inside = mtstates.newstate("b", [[
    local mtstates = require "mtstates"
    local ok, err = pcall(mtstates.newstate, "b", "return print")
    local found, unknown = pcall(mtstates.state, "b")
    return function()
        return err == mtstates.error.object_exists, unknown == mtstates.error.unknown_object, err:details()
    end
]])
check.values({n = 3, true, true, 'mtstates.state(name="b",id=' .. inside:id() .. ")"}, inside:call())

-- and free at once when the setup fails
check.fails(mtstates.error.invoking_state, mtstates.newstate, "c", "error('no')")
check.fails(mtstates.error.state_result, mtstates.newstate, "c", "return 1")
check.equal(mtstates.newstate("c", code):call(), 1)
check.fails("bad argument #1 to 'newstate' (function or string expected, got no value)", mtstates.newstate)
check.fails("bad argument #2 to 'newstate' (function or string expected, got table)", mtstates.newstate, "n", {})
print(a:name(), inside:call())
