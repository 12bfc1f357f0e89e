-- shows: Messages carry tables and handles, from writers to readers, through threads and between states.
-- proves: buffer.tables, mtmsg.buffer:addmsg, mtmsg.buffer:setmsg, mtmsg.writer:add, mtmsg.reader:next
-- edition: seed, 0.4
local check = require "check"
local mtmsg = require "mtmsg"
local mtstates = require "mtstates"
local llthreads = require "llthreads2"

local b = mtmsg.newbuffer()
local t = { 1, 2, { "deep" } }
t.itself = t
b:addmsg(t, "x", t, t[3])
t[1], t[3][1] = "later", "later" -- the message is a copy
local copy, x, same, part = b:nextmsg(0)
check.values({ n = 6, 1, 2, "deep", "x", true, true }, copy[1], copy[2], copy[3][1], x, copy == same, part == copy[3])
check.equal(copy.itself, copy)
b:setmsg({}, {})
local one, two = b:nextmsg(0)
check.equal(one == two, false)

-- In parts.
local writer, reader = mtmsg.newwriter(), mtmsg.newreader()
writer:add({ "first" })
writer:add({ "second", b })
writer:addmsg(b)
check.equal(reader:nextmsg(b, 0), true)
check.equal(reader:next()[1], "first")
local second = reader:next()
check.equal(second[1], "second")
check.equal(second[2]:id(), b:id())

-- A request that names where the answer goes, in another thread.
local requests = mtmsg.newbuffer()
local thread = llthreads.new([[
    local requests = ...
    local served = 0
    while true do
        local request = requests:nextmsg()
        if request == "finish" then return { served = served } end
        request.answer:addmsg({ sum = request.a + request.b, by = request.by })
        served = served + 1
    end]], requests):start()
local answers = mtmsg.newbuffer()
for i = 1, 10 do requests:addmsg({ a = i, b = 1, answer = answers, by = { i } }) end
for i = 1, 10 do
    local answer = answers:nextmsg()
    check.values({ n = 2, i + 1, i }, answer.sum, answer.by[1])
end
requests:addmsg("finish")
local ok, result = thread:join()
check.equal(ok and result.served, 10)

-- The message keeps what is in it alive.
local id
do
    local state = mtstates.newstate("return function() return 'alive' end")
    id = state:id()
    b:addmsg({ state })
end
collectgarbage()
check.equal(mtstates.state(id):call(), "alive")
local received = b:nextmsg(0)
check.equal(received[1]:call(), "alive")

-- What does not cross is refused, and nothing is added.
check.fails("bad argument #2 to 'addmsg' (type 'function' not supported at f)", b.addmsg, b, 1, { f = print })
check.fails("bad argument #1 to 'add' (type 'userdata' not supported at [1])", writer.add, writer, { writer })
check.equal(b:msgcnt(), 0)
print("received")
