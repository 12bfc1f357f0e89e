-- shows: tcall waits for a state at most some seconds.
-- proves: mtstates.state:tcall, tcall.results, tcall.timeout, tcall.turn
-- edition: seed, 0.4
local check = require "check"
local llthreads = require "llthreads2"
local mtmsg = require "mtmsg"
local mtstates = require "mtstates"

local entered, leave = mtmsg.newbuffer("entered"), mtmsg.newbuffer("leave")
local state = mtstates.newstate("state", [[
    local mtmsg = require "mtmsg"
    local entered, leave, calls = mtmsg.buffer("entered"), mtmsg.buffer("leave"), 0
    return function(what, ...)
        calls = calls + 1
        if what == "wait" then entered:addmsg() leave:nextmsg() end
        if what == "fail" then error("failed") end
        if what == "self" then return (require("mtstates").state("state"):tcall(0)) end
        return calls, ...
    end
]])
check.values({n = 2, true, 1}, state:tcall(0))
check.values({n = 5, true, 2, "a", nil, false}, state:tcall(0.5, "", "a", nil, false))
check.values({n = 2, true, 3}, state:tcall(-1))
check.values({n = 2, true, 4}, state:tcall(1e300))
check.fails(mtstates.error.invoking_state, state.tcall, state, 1, "fail")
check.fails("bad argument #1 to 'tcall' (number expected, got no value)", function() state:tcall() end)
check.fails("bad argument #1 to 'tcall' (number expected, got table)", function() state:tcall({}) end)
check.fails("(type 'function' not supported)", state.tcall, state, 1, print)

-- While another thread uses the state.
local holder = llthreads.new([[return require("mtstates").state("state"):call("wait")]]):start()
entered:nextmsg()
check.values({n = 1, false}, state:tcall(0))
check.values({n = 1, false}, state:tcall(0.01, "fail"))
local patient = llthreads.new([[
    local entered = require("mtmsg").buffer("entered")
    local state = require("mtstates").state("state")
    entered:addmsg()
    return state:tcall(1e9)]]):start()
entered:nextmsg()
leave:addmsg()
check.values({n = 2, true, 6}, holder:join())
check.values({n = 3, true, true, 7}, patient:join())

state:close()
check.fails(mtstates.error.object_closed, state.tcall, state, 0)
print("in time")
