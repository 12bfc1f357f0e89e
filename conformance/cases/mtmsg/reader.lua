-- shows: A reader takes a message and gives out its values in parts.
-- proves: mtmsg.newreader, mtmsg.reader:next, reader.next, mtmsg.reader:nextmsg, reader.nextmsg, reader.size, mtmsg.reader:clear, reader.clear
-- edition: seed, 0.4
local check = require "check"
local mtmsg = require "mtmsg"

local b, r = mtmsg.newbuffer(), mtmsg.newreader()
check.values({n = 0}, r:next())
check.values({n = 0}, r:next(3))
b:addmsg(1, nil, "three", false, 5)
b:addmsg("second")
check.equal(r:nextmsg(b), true)
check.equal(b:msgcnt(), 1)
check.values({n = 1, 1}, r:next())
check.values({n = 2, nil, "three"}, r:next(2))
check.values({n = 0}, r:next(0))
check.values({n = 2, false, 5}, r:next(10))
check.values({n = 0}, r:next())
check.equal(r:nextmsg(b, 1), true)
check.equal(r:nextmsg(b, 0), false)
check.equal(r:nextmsg(b, 0.001), false)
check.values({n = 1, "second"}, r:next())
b:addmsg("old")
b:addmsg("new", "message")
r:nextmsg(b)
r:nextmsg(b)
check.values({n = 2, "new", "message"}, r:next(5))
b:addmsg("cleared")
r:nextmsg(b)
check.values({n = 0}, r:clear())
check.values({n = 0}, r:next())

-- A fixed size bounds the message; a larger one can still be read otherwise.
local small = mtmsg.newreader(11, 0)
b:addmsg("fits")
b:addmsg("does not fit")
check.equal(small:nextmsg(b), true)
print(check.fails(mtmsg.error.message_size, small.nextmsg, small, b))
check.equal(small:next(), "fits")
check.equal(b:msgcnt(), 1)
check.equal(b:nextmsg(), "does not fit")

local l = mtmsg.newlistener()
l:newbuffer():addmsg("over", "listener")
check.equal(r:nextmsg(l), true)
check.values({n = 2, "over", "listener"}, r:next(2))
b:close()
check.fails(mtmsg.error.object_closed, r.nextmsg, r, b)
