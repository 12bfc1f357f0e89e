-- shows: Another thread interrupts a loop once or always, and takes an interrupt back.
-- proves: llthreads2.thread:interrupt, threads.interrupt, threads.interrupt_always, threads.interrupt_reset, threads.join_interrupted
-- edition: seed, 0.4
local check = require "check"
local llthreads = require "llthreads2"
local mtmsg = require "mtmsg"

local ready = mtmsg.newbuffer("ready")

-- Once: the thread catches the error and goes on.
local thread = llthreads.new(function()
    local ready = require("mtmsg").buffer("ready")
    local ok, err = pcall(function()
        ready:addmsg()
        while true do end
    end)
    local sum = 0
    for i = 1, 100000 do sum = sum + i end
    return ok, err, sum
end):start()
ready:nextmsg()
thread:interrupt()
check.values({n = 4, true, false, "interrupted", 5000050000}, thread:join())

-- Always: no pcall helps.
thread = llthreads.new(function()
    local ready = require("mtmsg").buffer("ready")
    while true do
        pcall(function()
            ready:addmsg()
            while true do end
        end)
    end
end):start()
ready:nextmsg()
thread:interrupt(true)
local ok, message = thread:join()
check.equal(ok, false)
check.equal(message:match("^[^\n]*"), "interrupted")
check.contains(message, "interrupt.lua")
thread:interrupt() -- nothing is left to interrupt
check.values({n = 2, nil, "can't join a thread that has already been joined"}, thread:join())

-- Before the start, and taken back.
thread = llthreads.new("return 1")
thread:interrupt()
check.equal(thread:start():join(), false)
thread = llthreads.new("for i = 1, 100000 do end return 1")
thread:interrupt(true)
thread:interrupt(false)
check.values({n = 2, true, 1}, thread:start():join())

-- A thread that waits in join.
thread = llthreads.new(function()
    local ready = require("mtmsg").buffer("ready")
    local inner = require("llthreads2").new("while true do end"):start()
    local ok, err = pcall(function()
        ready:addmsg()
        return inner:join()
    end)
    inner:interrupt(true)
    local status, message = inner:join()
    return ok, err, status, message:match("^[^\n]*")
end):start()
ready:nextmsg()
thread:interrupt()
check.values({n = 5, true, false, "interrupted", false, "interrupted"}, thread:join())
check.fails("bad argument #2 to 'interrupt' (boolean expected, got number)", thread.interrupt, thread, 1)
check.fails("bad argument #1 to 'interrupt' (boolean expected, got number)", function() thread:interrupt(1) end)
print("interrupted")
