-- shows: Listeners are collected with their last reference; messages of collected buffers still reach their listener.
-- proves: listener.collect, listener.collected, listener.nobuffers, mtmsg.error.no_buffers
-- edition: seed, 0.4
local check = require "check"
local mtmsg = require "mtmsg"

local l = mtmsg.newlistener("l")
print(check.fails(mtmsg.error.no_buffers, l.nextmsg, l))
check.fails(mtmsg.error.no_buffers, l.nextmsg, l, 0)
local b, other = l:newbuffer("b"), l:newbuffer("other")
local id = b:id()
for i = 1, 10 do b:addmsg(i, "from b") end
other:addmsg("from other")
b:addmsg(11, "from b")
b, other = nil, nil
collectgarbage()
check.fails(mtmsg.error.unknown_object, mtmsg.buffer, id)
check.fails(mtmsg.error.unknown_object, mtmsg.buffer, "b")
check.values({n = 2, 1, "from b"}, l:nextmsg())
check.equal(l:nextmsg(), "from other")
for i = 2, 10 do check.values({n = 2, i, "from b"}, l:nextmsg()) end
local r = mtmsg.newreader()
check.equal(r:nextmsg(l), true)
check.values({n = 2, 11, "from b"}, r:next(2))
check.fails(mtmsg.error.no_buffers, l.nextmsg, l)
check.fails(mtmsg.error.no_buffers, r.nextmsg, r, l)

-- A closed buffer drops its messages.
b = l:newbuffer()
b:addmsg("dropped")
check.values({n = 0}, mtmsg.newbuffer():nextmsg(0))
b:close()
check.fails(mtmsg.error.no_buffers, l.nextmsg, l)

-- The buffers of a collected listener go on.
b = l:newbuffer("b")
id = l:id()
b:addmsg("kept")
l = nil
collectgarbage()
check.fails(mtmsg.error.unknown_object, mtmsg.listener, id)
check.fails(mtmsg.error.unknown_object, mtmsg.listener, "l")
check.equal(mtmsg.newlistener("l"):name(), "l")
b:addmsg("more")
print(b:nextmsg(), b:nextmsg())
