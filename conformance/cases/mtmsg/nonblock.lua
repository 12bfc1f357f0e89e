-- shows: In nonblock mode, which belongs to a reference, nextmsg returns at once.
-- proves: mtmsg.buffer:nonblock, mtmsg.buffer:isnonblock, buffer.nonblock, mtmsg.listener:nonblock, mtmsg.listener:isnonblock, listener.nonblock
-- edition: seed, 0.4
local check = require "check"
local mtmsg = require "mtmsg"

local l = mtmsg.newlistener()
local b = l:newbuffer()
for object, other in pairs {[b] = mtmsg.buffer(b:id()), [l] = mtmsg.listener(l:id())} do
    check.equal(object:isnonblock(), false)
    check.values({n = 0}, object:nonblock())
    check.equal(object:isnonblock(), true)
    check.equal(other:isnonblock(), false)
    check.values({n = 0}, object:nextmsg())
    check.values({n = 0}, object:nextmsg(1e9))
    local r = mtmsg.newreader()
    check.equal(r:nextmsg(object), false)
    b:addmsg("x")
    check.equal(object:nextmsg(), "x")
    object:nonblock(false)
    check.equal(object:isnonblock(), false)
    check.values({n = 0}, object:nextmsg(0.001))
    object:nonblock(true)
    check.equal(object:isnonblock(), true)
end
print("at once")
