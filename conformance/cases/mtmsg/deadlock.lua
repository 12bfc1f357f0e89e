-- shows: A wait for a message that no thread can send is an error. Waits that something can end are none.
-- proves: buffer.deadlock, mtmsg.error.deadlock
-- edition: seed, 0.4
local check = require "check"
local mtmsg = require "mtmsg"
local llthreads = require "llthreads2"
local mtstates = require "mtstates"

local buffer, listener = mtmsg.newbuffer("alone"), mtmsg.newlistener("alone")
local heard = listener:newbuffer()
local reader = mtmsg.newreader()
local name = 'mtmsg.error.deadlock: mtmsg.buffer(name="alone",id=' .. buffer:id() .. ")"
for _ = 1, 3 do
	check.equal(check.is(check.fails(name, buffer.nextmsg, buffer), mtmsg.error.deadlock), true)
	check.equal(check.is(check.fails('mtmsg.listener(name="alone"', listener.nextmsg, listener), mtmsg.error.deadlock), true)
	check.equal(check.is(check.fails(name, reader.nextmsg, reader, buffer), mtmsg.error.deadlock), true)
	check.values({n = 0}, buffer:nextmsg(0.001))
	check.values({n = 0}, listener:nextmsg(0))
	mtmsg.sleep(0.001)
end
buffer:addmsg("still usable")
heard:addmsg("too")
check.equal(buffer:nextmsg(), "still usable")
check.equal(listener:nextmsg(), "too")
check.fails(mtmsg.error.deadlock, buffer.nextmsg, buffer)

-- In a state, in a coroutine, and in the callback of a notification.
local state = mtstates.newstate([[
	local mtmsg = require "mtmsg"
	return function(name) local b = mtmsg.buffer(name) return b:nextmsg() end]])
check.fails("mtmsg.error.deadlock", state.call, state, "alone")
local told
local notified = mtstates.newstate([[
	local mtmsg = require "mtmsg"
	local b = mtmsg.newbuffer("told")
	return function() local ok, e = pcall(b.nextmsg, b) b:addmsg(ok, tostring(e):match("^[%w.]+")) return b:id() end]])
local teller = mtmsg.newbuffer()
teller:notifier(notified)
teller:addmsg()
check.values({n = 2, false, "mtmsg.error.deadlock"}, mtmsg.buffer("told"):nextmsg())

-- Two threads that wait for each other: at least one gets the error; that one may help the other.
local worker = [[
	local mtmsg = require "mtmsg"
	local from, to = mtmsg.buffer((...)), mtmsg.buffer((select(2, ...)))
	local ok, e = pcall(from.nextmsg, from)
	to:addmsg("helped")
	return ok, ok and e or tostring(e):match("^[%w.]+")]]
local a, b = mtmsg.newbuffer("a"), mtmsg.newbuffer("b")
local one = llthreads.new(worker, "a", "b"):start()
local two = llthreads.new(worker, "b", "a"):start()
local joined, ok1, e1 = one:join()
local joined2, ok2, e2 = two:join()
check.equal(joined and joined2, true)
check.equal(ok1 ~= ok2, true)
check.equal(ok1 and e1 or e2, "helped")
check.equal(ok1 and e2 or e1, "mtmsg.error.deadlock")

-- A thread that ends leaves nobody who could send.
local silent = llthreads.new("return 1"):start(true)
check.fails(mtmsg.error.deadlock, mtmsg.newbuffer("never").nextmsg, mtmsg.newbuffer("never"))

-- Nothing that ends a wait is missed: answers, aborts, closing and interrupts of a thread that waits itself right after.
local echo = llthreads.new([[
	local mtmsg = require "mtmsg"
	local questions, answers = mtmsg.buffer("questions"), mtmsg.buffer("answers")
	for i = 1, 2000 do answers:addmsg(questions:nextmsg()) end]])
local questions, answers = mtmsg.newbuffer("questions"), mtmsg.newbuffer("answers")
echo:start()
for i = 1, 2000 do
	questions:addmsg(i)
	check.equal(answers:nextmsg(), i)
end
check.equal((echo:join()), true)
local ready = mtmsg.newbuffer("ready")
for _, how in ipairs {"abort", "close", "interrupt"} do
	for _ = 1, 20 do
		local waited = mtmsg.newbuffer("waited")
		local waiting = llthreads.new([[
			local mtmsg = require "mtmsg"
			local waited = mtmsg.buffer("waited")
			return (pcall(function() mtmsg.buffer("ready"):addmsg() waited:nextmsg() end))]]):start()
		ready:nextmsg()
		if how == "interrupt" then waiting:interrupt() else waited[how](waited) end
		check.values({n = 2, true, false}, waiting:join())
		waited:close()
	end
end
print("nobody waits in vain")
