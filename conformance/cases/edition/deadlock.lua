-- shows: Threads that run states and wait for each other's in a circle: the last one gets an error that names the circle.
-- proves: call.deadlock, mtstates.error.deadlock
-- edition: 0.4
local check = require "check"
local llthreads = require "llthreads2"
local mtmsg = require "mtmsg"
local mtstates = require "mtstates"

local entered, go = mtmsg.newbuffer("entered"), mtmsg.newbuffer("go")
local setup = [[
    local mtmsg, mtstates = require "mtmsg", require "mtstates"
    local entered, go = mtmsg.buffer("entered"), mtmsg.buffer("go")
    return function(other)
        if not other then return "called" end
        entered:addmsg()
        go:nextmsg()
        local other = mtstates.state(other)
        local ok, result = pcall(other.call, other)
        return ok, result
    end
]]
for size = 2, 4 do
    local states, threads = {}, {}
    for i = 1, size do
        states[i] = mtstates.newstate("circle" .. i, setup)
    end
    for i = 1, size do
        threads[i] = llthreads.new([[local name, other = ... return require("mtstates").state(name):call(other)]],
            "circle" .. i, "circle" .. i % size + 1):start()
    end
    for i = 1, size do entered:nextmsg() end
    for i = 1, size do go:addmsg() end
    local called, deadlock = 0, nil
    for i = 1, size do
        local ok, done, result = threads[i]:join()
        check.equal(ok, true)
        if done then
            check.equal(result, "called")
            called = called + 1
        else
            deadlock = result
        end
    end
    check.equal(called, size - 1)
    check.equal(deadlock:match("^%S+"), mtstates.error.deadlock .. ":")
    local line = deadlock:match("^[^\n]*")
    local _, waits = line:gsub(" waits for ", "")
    check.equal(waits, size)
    for i = 1, size do
        check.contains(line, 'mtstates.state(name="circle' .. i .. '",id=' .. states[i]:id() .. ") waits for ")
        check.equal(states[i]:call(), "called")
        states[i]:close()
    end
end

-- A call that waits only some time is not a deadlock: it returns false, and the other one goes on.
local circle = mtstates.newstate("circle1", setup)
local timed = mtstates.newstate("timed", [[
    local mtmsg, mtstates = require "mtmsg", require "mtstates"
    local entered, go = mtmsg.buffer("entered"), mtmsg.buffer("go")
    return function(wait)
        if not wait then return "called" end
        entered:addmsg()
        go:nextmsg()
        return mtstates.state("circle1"):tcall(0.02)
    end]])
local one = llthreads.new([[return require("mtstates").state("circle1"):call("timed")]]):start()
local two = llthreads.new([[return require("mtstates").state("timed"):call(true)]]):start()
entered:nextmsg()
entered:nextmsg()
go:addmsg()
go:addmsg()
check.values({n = 2, true, false}, two:join())
check.values({n = 3, true, true, "called"}, one:join())
check.equal(circle:call(), "called")
print("no thread waits for ever")
