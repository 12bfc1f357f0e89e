-- shows: A closed state refuses an interrupt.
-- proves: interrupt.refused
-- with: interrupt
-- edition: seed, 0.4
local check = require "check"
local mtstates = require "mtstates"

local state = mtstates.newstate("return function() end")
state:close()
check.fails(mtstates.error.object_closed, state.interrupt, state)
print("refused")
