-- shows: A writer collects values and sends them as one message.
-- proves: mtmsg.newwriter, mtmsg.writer:add, writer.add, mtmsg.writer:addmsg, writer.message, writer.keeps, mtmsg.writer:setmsg, mtmsg.writer:clear, writer.clear
-- edition: seed, 0.4
local check = require "check"
local mtmsg = require "mtmsg"

local b, w = mtmsg.newbuffer(), mtmsg.newwriter()
check.values({n = 0}, w:add("a", nil))
w:add()
w:add(1, true)
check.equal(b:msgcnt(), 0)
check.equal(w:addmsg(b), true)
check.values({n = 4, "a", nil, 1, true}, b:nextmsg(0))
check.equal(w:addmsg(b), true)
check.values({n = 0}, b:nextmsg())
w:add("x")
check.fails("bad argument #2 to 'add' (type 'function' not supported at f)", w.add, w, "y", {f = print})
b:addmsg("replaced")
check.equal(w:setmsg(b), true)
check.equal(b:msgcnt(), 1)
check.values({n = 1, "x"}, b:nextmsg())
w:add("dropped")
check.values({n = 0}, w:clear())
w:addmsg(b)
check.values({n = 0}, b:nextmsg())

-- What is not sent is kept.
local small, closed = mtmsg.newbuffer(12, 0), mtmsg.newbuffer()
closed:close()
small:addmsg(1)
w:add("kept")
check.equal(w:addmsg(small), false)
check.fails(mtmsg.error.object_closed, w.addmsg, w, closed)
check.fails(mtmsg.error.object_closed, w.setmsg, w, closed)
w:add(1)
check.fails(mtmsg.error.message_size, w.addmsg, w, small)
check.fails(mtmsg.error.message_size, w.setmsg, w, small)
check.equal(small:nextmsg(), 1)
w:addmsg(b)
check.values({n = 2, "kept", 1}, b:nextmsg())

-- A fixed size bounds the message.
local fixed = mtmsg.newwriter(20, 0)
fixed:add(1)
print(check.fails(mtmsg.error.message_size, fixed.add, fixed, 2, 3))
fixed:add(2)
check.fails(mtmsg.error.message_size, fixed.add, fixed, 3)
fixed:addmsg(b)
check.values({n = 2, 1, 2}, b:nextmsg())
fixed:add(3, 4)
fixed:addmsg(b)
check.values({n = 2, 3, 4}, b:nextmsg())
