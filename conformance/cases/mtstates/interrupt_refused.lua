-- shows: A state of a registry without interrupts refuses one.
-- proves: interrupt.refused
-- edition: seed, 0.4
local check = require "check"
local mtstates = require "mtstates"

local state = mtstates.newstate("plain", "return function() return 'runs' end")
for _, flag in ipairs {true, false} do
    check.fails('state is not interruptible: mtstates.state(name="plain",id=' .. state:id() .. ")", state.interrupt, state, flag)
end
check.fails("state is not interruptible", state.interrupt, state)
check.equal(state:call(), "runs")
print("refused")
