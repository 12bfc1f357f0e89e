-- shows: A thread runs coroutines of its own, which wait for messages and call states; none crosses from one thread to another.
-- proves: llthreads2.new, threads.new, llthreads2.thread:join, mtmsg.buffer:nextmsg
-- needs: coroutines
-- edition: seed, 0.4
local check = require "check"
local llthreads = require "llthreads2"
local mtmsg = require "mtmsg"

local requests, answers = mtmsg.newbuffer(), mtmsg.newbuffer()
local thread = llthreads.new(function(requestsId, answersId)
    local mtmsg, mtstates = require "mtmsg", require "mtstates"
    local requests, answers = mtmsg.buffer(requestsId), mtmsg.buffer(answersId)
    local double = mtstates.newstate("return function(n) return 2 * n end")
    local messages = coroutine.wrap(function()
        while true do
            local n = requests:nextmsg()
            if n == "end" then return nil end
            coroutine.yield(n)
        end
    end)
    local doubled = coroutine.wrap(function()
        for n in messages do coroutine.yield(double:call(n)) end
        return nil
    end)
    local count = 0
    for n in doubled do
        count = count + 1
        answers:addmsg(n)
    end
    return count, type((coroutine.running()))
end, requests:id(), answers:id())
thread:start()
for _, n in ipairs { 1, 20, 300 } do
    requests:addmsg(n)
    print(answers:nextmsg())
end
requests:addmsg("end")
print((select(2, thread:join())))

-- the same coroutine function in many threads
local threads = {}
for i = 1, 4 do
    threads[i] = llthreads.new(function(n)
        local sum = 0
        local function walk(depth)
            if depth == 0 then coroutine.yield(1) return end
            walk(depth - 1)
            walk(depth - 1)
        end
        for v in coroutine.wrap(function() walk(n) end) do sum = sum + v end
        return sum
    end, i + 4)
    threads[i]:start()
end
for i = 1, 4 do print(threads[i]:join()) end
check.fails("type 'thread' not supported", llthreads.new, function() end, coroutine.create(print))
local thread = coroutine.create(print)
check.fails("bad argument #3 to 'new' (type 'thread' not supported at [1].t)", llthreads.new, "return 1", 1, {{t = thread}})
local mtstates, mtmsg = require "mtstates", require "mtmsg"
local state, buffer = mtstates.newstate("return function() return {coroutine.create(print)} end"), mtmsg.newbuffer()
check.fails("bad argument #1 to 'call' (type 'thread' not supported)", state.call, state, thread)
check.fails("bad argument #1 to 'addmsg' (type 'thread' not supported at t)", buffer.addmsg, buffer, {t = thread})
check.contains(check.details(check.fails(mtstates.error.state_result, state.call, state)), "type 'thread' not supported at [1]")
