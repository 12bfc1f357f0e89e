-- More states than threads: a few threads serve thousands of states. A buffer holds the ids of the states that have
-- work to do; whoever takes an id out calls that state, and puts the id back until the state's work is done. So no
-- state is ever called by two threads at a time, and none waits for another.
local mtstates  = require "mtstates"
local mtmsg     = require "mtmsg"
local llthreads = require "llthreads2.ex"

local STATES, THREADS, CALLS = tonumber(arg and arg[1]) or 10000, tonumber(arg and arg[2]) or 8, 10

local start = mtmsg.time()

-- Each state counts how often it was called. The list keeps the states alive.
local states = {}
for i = 1, STATES do
    states[i] = mtstates.newstate(false, function(number, calls)
        local count = 0
        return function()
            count = count + 1
            return count == calls, number
        end
    end, i, CALLS)
end
local made = mtmsg.time()
print(string.format("%d states made, %.0f per second", STATES, STATES / (made - start)))

local work, done = mtmsg.newbuffer(), mtmsg.newbuffer()
local threads = {}
for i = 1, THREADS do
    threads[i] = llthreads.new(function(workId, doneId)
        local mtmsg    = require "mtmsg"
        local mtstates = require "mtstates"
        local work     = mtmsg.buffer(workId)
        local done     = mtmsg.buffer(doneId)
        local served   = 0
        while true do
            local id = work:nextmsg()
            if not id then
                return served
            end
            served = served + 1
            local finished, number = mtstates.state(id):call()
            if finished then
                done:addmsg(number)
            else
                work:addmsg(id)
            end
        end
    end, work:id(), done:id()):start()
end

for i = 1, STATES do
    work:addmsg(states[i]:id())
end

-- Every state says once that it is done.
local seen = {}
for i = 1, STATES do
    local number = done:nextmsg()
    assert(not seen[number], "a state was done twice")
    seen[number] = true
    if i % math.ceil(STATES / 4) == 0 or i == STATES then
        print(string.format("%d of %d states are done", i, STATES))
    end
end

local calls = 0
for i = 1, THREADS do
    work:addmsg(nil)
end
for i = 1, THREADS do
    local ok, served = threads[i]:join()
    assert(ok, served)
    calls = calls + served
end
assert(calls == STATES * CALLS)
print(string.format("%d calls by %d threads, %.0f per second", calls, THREADS, calls / (mtmsg.time() - made)))
