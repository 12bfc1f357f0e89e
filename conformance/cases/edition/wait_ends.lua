-- shows: An interrupt ends the wait of a call, in a state and in a thread.
-- proves: call.wait_ends
-- edition: 0.4
-- with: interrupt
local check = require "check"
local llthreads = require "llthreads2"
local mtmsg = require "mtmsg"
local mtstates = require "mtstates"

local entered, leave = mtmsg.newbuffer("entered"), mtmsg.newbuffer("leave")
local gate = mtstates.newstate("gate", [[
    local mtmsg = require "mtmsg"
    local entered, leave = mtmsg.buffer("entered"), mtmsg.buffer("leave")
    return function(wait)
        if wait then entered:addmsg() leave:nextmsg() end
        return "passed"
    end
]])
local holder = llthreads.new([[return require("mtstates").state("gate"):call(true)]]):start()
entered:nextmsg()

-- A thread that waits.
local waiting = llthreads.new([[
    local entered = require("mtmsg").buffer("entered")
    local gate = require("mtstates").state("gate")
    local ok, err = pcall(function() entered:addmsg() return gate:call() end)
    return ok, err]]):start()
entered:nextmsg()
waiting:interrupt()
local ok, passed, err = waiting:join()
check.equal(ok, true)
check.equal(passed, false)
check.contains(err, "interrupted")

-- A state that waits: its callback may catch the error, once.
local caller = mtstates.newstate("caller", [[
    local entered = require("mtmsg").buffer("entered")
    local mtstates = require "mtstates"
    return function(method, ...)
        local gate = mtstates.state("gate")
        local ok, err = pcall(function(...) entered:addmsg() return gate[method](gate, ...) end, ...)
        return ok, err
    end]])
for _, call in ipairs {{"call"}, {"tcall", 1e9}} do
    local thread = llthreads.new([[return require("mtstates").state("caller"):call(...)]], call[1], call[2]):start()
    entered:nextmsg()
    caller:interrupt()
    check.values({n = 3, true, false, "interrupted"}, thread:join())
end
leave:addmsg()
check.values({n = 2, true, "passed"}, holder:join())
check.equal(gate:call(), "passed")
print("interrupted")
