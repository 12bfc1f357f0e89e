-- shows: The objects of mtmsg have types and texts, and methods that look at their arguments.
-- proves: mtmsg.type, mtmsg._VERSION, buffer.tostring, listener.tostring
local check = require "check"
local mtmsg = require "mtmsg"

local b, l = mtmsg.newbuffer("b"), mtmsg.newlistener("l")
for _, object in ipairs {b, l, mtmsg.newwriter(), mtmsg.newreader(), mtmsg.error.object_closed, "x", 1} do
    print(mtmsg.type(object), getmetatable(object) == mtmsg.type(object))
end
print(tostring(b), tostring(l), tostring(mtmsg.newbuffer()), tostring(mtmsg.newlistener()))
print(tostring(mtmsg.newwriter()), tostring(mtmsg.newreader()))
check.contains(tostring(b), "id=" .. b:id())
check.equal(tostring(b), tostring(mtmsg.buffer(b:id())))
check.fails("bad argument #1 to 'addmsg' (mtmsg.buffer expected, got no value)", b.addmsg)
check.fails("bad argument #1 to 'nextmsg' (mtmsg.listener expected, got mtmsg.buffer)", l.nextmsg, b)
check.fails("bad argument #1 to 'addmsg' (mtmsg.buffer expected, got mtmsg.writer)", b.addmsg, mtmsg.newwriter(), 1)
check.fails("bad argument #1 to 'next' (mtmsg.reader expected, got mtmsg.error)", mtmsg.newreader().next, mtmsg.error.object_closed)
check.equal(type(mtmsg._VERSION), "string")

local function refused(message, f, ...)
    print(check.fails("bad argument", f, ...))
    check.fails(message, f, ...)
end
refused("#1 to 'newbuffer' (must be at least 0)", mtmsg.newbuffer, -1)
refused("#2 to 'newbuffer' (must be at least 0)", mtmsg.newbuffer, "name", -1)
refused("#2 to 'newbuffer' (must be at least 0)", mtmsg.newbuffer, 1, -0.5)
refused("#3 to 'newbuffer' (must be at least 0)", mtmsg.newbuffer, "name", 1, 0 / 0)
refused("#2 to 'newbuffer' (number expected, got string)", mtmsg.newbuffer, "name", "size")
refused("#1 to 'newbuffer' (number has no integer representation)", mtmsg.newbuffer, 1.5)
refused("#3 to 'newbuffer' (must be at least 0)", l.newbuffer, l, "name", -1)
refused("#2 to 'newbuffer' (must be at least 0)", function() l:newbuffer("name", -1) end)
refused("#1 to 'newlistener' (string expected, got table)", mtmsg.newlistener, {})
refused("#1 to 'newwriter' (must be at least 0)", mtmsg.newwriter, -1)
refused("#2 to 'newreader' (must be at least 0)", mtmsg.newreader, 1, -1)
refused("#2 to 'next' (must be at least 0)", mtmsg.newreader().next, mtmsg.newreader(), -1)
refused("#2 to 'addmsg' (mtmsg.buffer expected, got nil)", mtmsg.newwriter().addmsg, mtmsg.newwriter(), nil)
refused("#2 to 'addmsg' (mtmsg.buffer expected, got mtmsg.listener)", mtmsg.newwriter().addmsg, mtmsg.newwriter(), l)
refused("#2 to 'nextmsg' (mtmsg.buffer or mtmsg.listener expected, got mtmsg.writer)", mtmsg.newreader().nextmsg, mtmsg.newreader(), mtmsg.newwriter())
refused("#2 to 'notifier' (mtmsg.buffer or mtstates.state expected, got mtmsg.listener)", b.notifier, b, l)
refused("#2 to 'notifier' (mtmsg.buffer or mtstates.state expected, got table)", b.notifier, b, {})
refused("#2 to 'notifier' (mtmsg.buffer or mtstates.state expected, got no value)", b.notifier, b)
refused("#2 to 'notifier' (invalid option '=')", b.notifier, b, mtmsg.newbuffer(), "=")
refused("#4 to 'notifier' (number expected, got string)", b.notifier, b, mtmsg.newbuffer(), ">", "x")
refused("#2 to 'nonblock' (boolean expected, got number)", b.nonblock, b, 1)
refused("#2 to 'abort' (boolean expected, got number)", b.abort, b, 1)

-- Userdata with the metatable of another type is not taken for one.
local function forged(object, as) return debug.setmetatable(object, debug.getmetatable(as)) and object end
local state = require "mtstates".newstate("return print")
refused("#1 to 'notifier' (mtmsg.buffer or mtstates.state expected, got userdata)", b.notifier, b, forged(mtmsg.newwriter(), state))
refused("#1 to 'notifier' (mtmsg.buffer or mtstates.state expected, got userdata)", b.notifier, b, forged(mtmsg.newwriter(), b))
refused("#1 to 'nextmsg' (mtmsg.buffer or mtmsg.listener expected, got userdata)", mtmsg.newreader().nextmsg, mtmsg.newreader(), forged(mtmsg.newwriter(), l))
refused("#2 to 'addmsg' (mtmsg.buffer expected, got userdata)", mtmsg.newwriter().addmsg, mtmsg.newwriter(), forged(mtmsg.newreader(), b))
check.fails("bad argument #1 to 'addmsg'", b.addmsg, forged(mtmsg.newwriter(), b))
