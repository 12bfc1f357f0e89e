-- shows: Several buffers or listeners may have the same name; a look-up by it is then ambiguous.
-- proves: newbuffer.name, buffer.lookup, newlistener.name, listener.lookup, mtmsg.newlistener, mtmsg.listener, mtmsg.listener:name, listener.name, mtmsg.listener:id, listener.id, mtmsg.error.ambiguous_name
-- edition: seed, 0.4
local check = require "check"
local mtmsg = require "mtmsg"

local function shared(new, find)
    local a, b = new("x"), new("x")
    assert(a:id() ~= b:id())
    check.equal(b:name(), "x")
    local err = check.fails(mtmsg.error.ambiguous_name, find, "x")
    print(tostring(err))
    check.equal(find(a:id()):id(), a:id())
    b:close()
    check.equal(find("x"):id(), a:id())
    b = new("x")
    check.fails(mtmsg.error.ambiguous_name, find, "x")
    b = nil
    collectgarbage()
    check.equal(find("x"):id(), a:id())
    a:close()
    print(check.fails(mtmsg.error.unknown_object, find, "x"))
end

shared(mtmsg.newbuffer, mtmsg.buffer)
shared(mtmsg.newlistener, mtmsg.listener)

local b, l = mtmsg.newbuffer("y"), mtmsg.newlistener("y")
check.equal(mtmsg.buffer("y"):id(), b:id())
check.equal(mtmsg.listener("y"):id(), l:id())
assert(b:id() ~= l:id())
check.fails(mtmsg.error.unknown_object, mtmsg.listener, b:id())
check.fails(mtmsg.error.unknown_object, mtmsg.buffer, l:id())
local other = l:newbuffer("y")
check.fails(mtmsg.error.ambiguous_name, mtmsg.buffer, "y")
check.values({n = 0}, mtmsg.newlistener():name())
