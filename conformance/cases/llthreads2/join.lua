-- shows: join waits, up to a time, and hands the results over once.
-- proves: threads.timeout, threads.joined, llthreads2.thread:alive, threads.alive, llthreads2.thread:started, threads.started
-- edition: seed, 0.4
local check = require "check"
local llthreads = require "llthreads2"
local mtmsg = require "mtmsg"

local go = mtmsg.newbuffer()
local thread = llthreads.new("return (require('mtmsg').buffer(...):nextmsg())", go:id())
check.values({n = 2, nil, "can't join a thread that hasn't been started"}, thread:join())
check.values({n = 2, nil, "can't join a thread that hasn't been started"}, thread:join(0))
check.equal(thread:alive(), nil)
check.equal(thread:started(), false)
thread:start()
check.equal(thread:started(), true)
check.values({n = 2, nil, "timeout"}, thread:join(0))
check.values({n = 2, nil, "timeout"}, thread:join(-1))
check.values({n = 2, nil, "timeout"}, thread:join(0.001))
check.equal(thread:alive(), true)
go:addmsg("go")
check.values({n = 2, true, "go"}, thread:join(1e300))
check.equal(thread:alive(), false)
check.equal(thread:started(), true)
check.values({n = 2, nil, "can't join a thread that has already been joined"}, thread:join())
check.values({n = 2, nil, "thread already started"}, thread:start())

-- The end can be seen without joining, and a failure is handed over once as well.
local failing = llthreads.new("error('oops', 0)"):start()
repeat until not failing:alive()
check.equal(failing:join(0), false)
check.values({n = 2, nil, "can't join a thread that has already been joined"}, failing:join(0))
check.fails("bad argument #2 to 'join' (number expected, got boolean)", failing.join, failing, true)
check.fails("bad argument #1 to 'join' (number expected, got boolean)", function() failing:join(true) end)
check.fails("bad argument #1 to 'join' (llthreads2.thread expected, got table)", failing.join, {})
print("joined")
