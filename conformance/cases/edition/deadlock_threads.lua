-- shows: Threads wait for a state, for a message and for each other, and none can go on: the wait that began last is an error.
-- proves: call.deadlock, buffer.deadlock, threads.join_deadlock
-- edition: 0.4
local check = require "check"
local llthreads = require "llthreads2"
local mtmsg = require "mtmsg"
local mtstates = require "mtstates"

local never, entered = mtmsg.newbuffer("never"), mtmsg.newbuffer("entered")
local held = mtstates.newstate("held", [[
    local mtmsg = require "mtmsg"
    return function(wait)
        if not wait then return "turn" end
        mtmsg.buffer("entered"):addmsg()
        local never = mtmsg.buffer("never")
        local ok, err = pcall(never.nextmsg, never)
        return ok, err
    end]])
-- Joins. If the join is what fails, it helps the others.
local function join(thread)
    local joined, ok, result, err = pcall(thread.join, thread)
    if not joined then
        check.contains(ok, mtstates.error.deadlock)
        check.contains(ok, "all threads wait")
        never:addmsg("go on")
        return join(thread)
    end
    check.equal(ok, true)
    return result, err
end
for _ = 1, 5 do
    local holder = llthreads.new([[return require("mtstates").state("held"):call(true)]]):start()
    entered:nextmsg()
    local waiter = llthreads.new([[
        local held = require("mtstates").state("held")
        return pcall(held.call, held)]]):start()
    local ok, result = join(waiter)
    if ok then
        check.equal(result, "turn")
    else
        check.contains(result, mtstates.error.deadlock .. ": all threads wait, one for mtstates.state(name=\"held\"")
    end
    ok, result = join(holder)
    if ok then
        check.equal(result, "go on")
    else
        check.contains(result, mtmsg.error.deadlock)
    end
end
check.equal(held:call(), "turn")
print("no thread waits for ever")
