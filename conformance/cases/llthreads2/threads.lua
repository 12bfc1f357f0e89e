-- shows: Threads get arguments, have their own globals and modules, and give results and errors to join.
-- proves: llthreads2.new, threads.new, threads.own, llthreads2.thread:start, threads.start, llthreads2.thread:join, threads.join, threads.error, threads.timeout, llthreads2.thread:alive, threads.alive
local check = require "check"
local llthreads = require "llthreads2.ex"
local mtmsg = require "mtmsg"

mine = 1
local thread = llthreads.new(function(a, b)
    return a + b, mine, type(require("mtstates")), type(require("mtmsg")), type(require("llthreads2"))
end, 2, 3)
check.equal(thread:alive(), false)
check.fails("thread not started", thread.join, thread)
check.equal(thread:start(), thread)
check.values({n = 6, true, 5, nil, "table", "table", "table"}, thread:join())
check.fails("thread already started", thread.start, thread)

check.values({n = 2, true, 7}, llthreads.new("return ...", 7):start():join())
check.values({n = 2, false, "oops"}, llthreads.new("error('oops', 0)"):start():join())
local up = 1
check.fails("bad argument #1 to 'new' (function has upvalue 'up')", llthreads.new, function() return up end)
check.fails("bad argument #2 to 'new' (type 'table' not supported)", llthreads.new, "return 1", {})

local go = mtmsg.newbuffer()
local waiting = llthreads.new("return (require('mtmsg').buffer(...):nextmsg())", go:id()):start()
check.values({n = 2, nil, "timeout"}, waiting:join(0))
check.values({n = 2, nil, "timeout"}, waiting:join(0.001))
check.equal(waiting:alive(), true)
go:addmsg("go")
check.values({n = 2, true, "go"}, waiting:join())
check.equal(waiting:alive(), false)
local detached = llthreads.new("return 1"):start(true)
check.fails("thread not joinable", detached.join, detached)
check.values({n = 2, true, 2}, llthreads.new("return 2"):start(true, true):join())
print("joined")
