-- shows: An interrupt ends the copying of a table, and what could not be copied leaves the states usable.
-- with: interrupt
-- proves: call.limits, call.refused, interrupt.once
-- edition: seed, 0.4
local check = require "check"
local mtstates = require "mtstates"

local list = {}
for i = 1, 100000 do list[i] = i end
local state = mtstates.newstate("return function(t) return t end")
for _ = 1, 3 do
    state:interrupt()
    local err = check.fails(mtstates.error.interrupted, state.call, state, list)
    check.contains(check.details(err), "interrupted")
    check.equal(#state:call(list), #list)
end
state:interrupt(true)
check.fails(mtstates.error.interrupted, state.call, state, list)
check.fails(mtstates.error.interrupted, state.call, state, list)
state:interrupt(false)
check.equal(#state:call(list), #list)
print("interrupted")
