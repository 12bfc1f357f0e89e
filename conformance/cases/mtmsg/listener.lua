-- shows: A listener gets the messages of its buffers, those of each in the order in which they were added.
-- proves: mtmsg.listener:newbuffer, listener.newbuffer, mtmsg.listener:nextmsg, listener.nextmsg, mtmsg.listener:clear, listener.clear, mtmsg.listener:close, listener.close
-- edition: seed, 0.4
local check = require "check"
local mtmsg = require "mtmsg"

local l = mtmsg.newlistener("l")
local a, b, small = l:newbuffer("a"), l:newbuffer("b"), l:newbuffer("small", 20, 0)
check.equal(a:name(), "a")
check.equal(mtmsg.buffer("b"):id(), b:id())
check.values({n = 0}, l:newbuffer():name())
for i = 1, 200 do
    a:addmsg(i, a:name())
    b:addmsg(i, b:name())
end
for i = 1, 100 do
    check.values({n = 2, i, "a"}, l:nextmsg())
    check.values({n = 2, i, "b"}, l:nextmsg())
end

-- What is taken from a buffer, cleared or replaced does not reach the listener, and what is left keeps its order.
check.equal(a:nextmsg(), 101)
check.equal(b:nextmsg(), 101)
check.equal(l:nextmsg(), 102)
b:clear()
a:addmsg("last")
b:addmsg("gone")
b:setmsg("set")
check.equal(l:nextmsg(), 103)
check.equal(l:nextmsg(), "set")
for i = 104, 200 do check.equal(l:nextmsg(), i) end
check.equal(l:nextmsg(), "last")
check.values({n = 0}, l:nextmsg(0))
check.values({n = 0}, l:nextmsg(0.001))

check.equal(small:addmsg(1), true)
check.equal(small:addmsg(2), true)
check.equal(small:addmsg(3), false)
check.equal(l:nextmsg(), 1)
check.equal(small:addmsg(3), true)
check.fails(mtmsg.error.message_size, small.addmsg, small, 1, 2, 3)
a:addmsg("a")
check.values({n = 0}, l:clear())
check.equal(small:msgcnt() + a:msgcnt(), 0)
check.values({n = 0}, l:nextmsg(0))

-- A buffer that is used like others leaves nothing behind in the listener.
for i = 1, 1000 do
    a:addmsg(i)
    b:addmsg(-i)
    check.equal(a:nextmsg(), i)
end
for i = 1, 1000 do check.equal(l:nextmsg(), -i) end

a:addmsg("dropped")
l:close()
l:close()
check.equal(l:name(), "l")
for _, method in ipairs {"newbuffer", "nextmsg", "clear", "abort", "isabort"} do
    print(check.fails(mtmsg.error.object_closed, l[method], l))
end
check.fails(mtmsg.error.object_closed, a.addmsg, a, 1)
check.fails(mtmsg.error.unknown_object, mtmsg.buffer, "a")
check.fails(mtmsg.error.unknown_object, mtmsg.listener, "l")
