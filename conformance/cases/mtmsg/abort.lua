-- shows: nextmsg of aborted buffers and listeners fails until they are reset; messages stay.
-- proves: mtmsg.buffer:abort, mtmsg.buffer:isabort, buffer.abort, mtmsg.listener:abort, mtmsg.listener:isabort, listener.abort, mtmsg.abort, mtmsg.isabort, mtmsg.error.operation_aborted
-- edition: seed, 0.4
local check = require "check"
local mtmsg = require "mtmsg"

local l = mtmsg.newlistener("l")
local b, alone, r = l:newbuffer("b"), mtmsg.newbuffer("alone"), mtmsg.newreader()
local aborted = mtmsg.error.operation_aborted

for _, object in ipairs {b, l, alone} do
    local sender = object == l and b or object
    check.equal(object:isabort(), false)
    check.values({n = 0}, object:abort())
    check.equal(object:isabort(), true)
    print(check.fails(aborted, object.nextmsg, object))
    check.fails(aborted, object.nextmsg, object, 0)
    check.fails(aborted, r.nextmsg, r, object)
    check.equal(sender:addmsg("kept"), true)
    check.fails(aborted, object.nextmsg, object)
    object:abort(true)
    object:abort(false)
    check.equal(object:isabort(), false)
    check.equal(object:nextmsg(), "kept")
end
b:abort()
check.equal(l:isabort(), false)
b:addmsg("for the listener")
check.equal(l:nextmsg(), "for the listener")

check.equal(mtmsg.isabort(), false)
check.values({n = 0}, mtmsg.abort())
check.equal(mtmsg.isabort(), true)
local new = mtmsg.newbuffer("new")
for _, object in ipairs {b, l, alone, new} do
    check.equal(object:isabort(), true)
    check.fails(aborted, object.nextmsg, object)
end
alone:abort(false)
check.equal(alone:isabort(), true)
mtmsg.abort(false)
check.equal(mtmsg.isabort(), false)
check.equal(b:isabort(), true)
for _, object in ipairs {l, alone, new} do
    check.equal(object:isabort(), false)
    check.values({n = 0}, object:nextmsg(0))
end
