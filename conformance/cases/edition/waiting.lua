-- shows: Calls of a state that another thread runs wait for their turn; none is lost, and each thread's keep their order.
-- proves: call.waits
-- edition: 0.4
local check = require "check"
local llthreads = require "llthreads2"
local mtmsg = require "mtmsg"
local mtstates = require "mtstates"

-- The order in which the calls of each thread are made.
local log = mtstates.newstate("log", [[
    local last, count = {}, 0
    return function(thread, i)
        if not thread then return count end
        assert(i == (last[thread] or 0) + 1)
        last[thread], count = i, count + 1
    end
]])
local threads = {}
for thread = 1, 4 do
    threads[thread] = llthreads.new(function(thread)
        local log = require("mtstates").state("log")
        for i = 1, 250 do log:call(thread, i) end
        return "done"
    end, thread):start()
end
for thread = 1, 4 do
    check.values({n = 2, true, "done"}, threads[thread]:join())
end
check.equal(log:call(), 1000)

-- A call that finds the state in use waits until that use ends.
local entered, leave = mtmsg.newbuffer("entered"), mtmsg.newbuffer("leave")
local gate = mtstates.newstate("gate", [[
    local mtmsg = require "mtmsg"
    local entered, leave, calls = mtmsg.buffer("entered"), mtmsg.buffer("leave"), 0
    return function(wait)
        calls = calls + 1
        if wait then entered:addmsg() leave:nextmsg() end
        return calls
    end
]])
local first = llthreads.new([[return require("mtstates").state("gate"):call(true)]]):start()
entered:nextmsg()
local second = llthreads.new([[
    local entered = require("mtmsg").buffer("entered")
    local gate = require("mtstates").state("gate")
    entered:addmsg()
    return gate:call(false)
]]):start()
entered:nextmsg()
check.equal(gate:tcall(0.01), false)
check.fails("concurrent_access", gate.close, gate)
leave:addmsg()
check.values({n = 2, true, 1}, first:join())
check.values({n = 2, true, 2}, second:join())
check.equal(gate:call(), 3)
print("none is lost")
