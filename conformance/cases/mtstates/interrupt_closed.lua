-- shows: A closed state refuses an interrupt.
-- proves: interrupt.refused
-- with: interrupt
local check = require "check"
local mtstates = require "mtstates"

local state = mtstates.newstate("return function() end")
state:close()
check.fails(mtstates.error.object_closed, state.interrupt, state)
print("refused")
