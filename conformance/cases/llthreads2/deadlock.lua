-- shows: A join of a thread that waits for ever is an error, or the thread's wait is.
-- proves: threads.join_deadlock
-- edition: seed, 0.4
local check = require "check"
local mtmsg = require "mtmsg"
local llthreads = require "llthreads2"
local mtstates = require "mtstates"

local buffer = mtmsg.newbuffer("in")
local stubborn = llthreads.new([[
	local mtmsg = require "mtmsg"
	local b = mtmsg.buffer("in")
	local failed = 0
	while true do
		local ok, message = pcall(b.nextmsg, b)
		if ok then return message, failed end
		failed = failed + 1
		b:addmsg("from myself")
	end]]):start()
-- Whichever of the two waits last gets the error: the thread, which then goes on, or the join.
local caught, joined, message, failed = pcall(stubborn.join, stubborn)
if caught then
	check.values({n = 3, true, "from myself", 1}, joined, message, failed)
else
	check.equal(check.is(joined, mtstates.error.deadlock), true)
	buffer:addmsg("from outside")
	check.values({n = 3, true, "from outside", 0}, stubborn:join())
end

-- The same with a thread that the error ends.
local thread = llthreads.new([[
	local mtmsg = require "mtmsg"
	local b = mtmsg.buffer("in")
	return b:nextmsg()]]):start()
local caught, joined, result = pcall(thread.join, thread)
if caught then
	check.equal(joined, false)
	check.contains(result, "mtmsg.error.deadlock")
else
	check.equal(check.is(joined, mtstates.error.deadlock), true)
	check.contains(joined, "all threads wait")
	buffer:addmsg("go on")
	check.values({n = 2, true, "go on"}, thread:join())
end
check.values({n = 2, nil, "timeout"}, llthreads.new("require('mtmsg').sleep(0.05)"):start():join(0.001))
print("nobody waits in vain")
