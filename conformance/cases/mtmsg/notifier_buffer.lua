-- shows: A buffer notifies another one of its messages, when kind and threshold say so.
-- proves: mtmsg.buffer:notifier, notifier.buffer, notifier.threshold, notifier.one, notifier.closed, notifier.cycle, mtmsg.error.has_notifier
-- edition: seed, 0.4
local check = require "check"
local mtmsg = require "mtmsg"

local b, n, other = mtmsg.newbuffer("b"), mtmsg.newbuffer("n"), mtmsg.newbuffer()
-- What the methods do to b, and how many messages n has then.
local function counts(...)
    local list = {}
    for i, step in ipairs {...} do
        if step == "next" then b:nextmsg(0) else b[step == "clear" and step or step .. "msg"](b, i) end
        list[i] = step .. " " .. n:msgcnt()
    end
    print(table.concat(list, ", "))
    b:clear()
    n:clear()
end

check.values({n = 0}, b:notifier(n))
counts("add", "add", "next", "set", "clear", "add")
b:addmsg("message")
check.values({n = 0}, n:nextmsg(0))
check.equal(b:nextmsg(), "message")
n:clear()

print(check.fails(mtmsg.error.has_notifier, b.notifier, b, other))
b:notifier(n, ">", 2) -- the same one may get another condition
counts("add", "add", "add", "add", "next", "next", "add", "set")
b:notifier(n, "<")
counts("add", "add", "next", "next", "next", "add", "clear", "clear")
b:notifier(n, "<", 2)
counts("add", "add", "add", "next", "next", "next")
counts("set", "add", "set", "clear")
b:notifier(n, ">", 0)
b:notifier(nil)
counts("add", "next")
b:notifier(nil)
b:notifier(other)
n:clear()
counts("add", "next")
other:close()
b:notifier(n)
counts("add")

-- A closed notifier, or one without room, does not disturb the sender.
n:close()
check.equal(b:addmsg(1), true)
b:notifier(n) -- accepted, and dropped by the next message
check.equal(b:addmsg(2), true)
b:notifier(other, "<") -- closed as well, and in nobody's way
b:notifier(mtmsg.newbuffer("next"), "<")
b:clear()
print(mtmsg.buffer("next"):msgcnt())
b:notifier(nil)
local full = mtmsg.newbuffer(1, 0)
b:notifier(full)
for i = 1, 3 do check.equal(b:addmsg(i), true) end
check.equal(full:msgcnt(), 1)
b:notifier(nil)

-- Buffers notify along a chain, which cannot be a ring.
local x, y, z = mtmsg.newbuffer(), mtmsg.newbuffer(), mtmsg.newbuffer()
x:notifier(y)
y:notifier(z)
x:addmsg("x")
print(x:msgcnt(), y:msgcnt(), z:msgcnt())
local message = "bad argument #1 to 'notifier' (notifier leads back to the buffer)"
check.fails(message, z.notifier, z, x)
check.fails(message, z.notifier, z, z)
y:notifier(nil)
z:notifier(x)
z:addmsg("z")
print(x:msgcnt(), y:msgcnt(), z:msgcnt())

-- A listener's buffers notify as well, and their notifier lives as long as they do.
local l = mtmsg.newlistener()
local c = l:newbuffer()
local id = y:id()
c:notifier(mtmsg.newbuffer("kept"))
collectgarbage()
c:addmsg(1)
c:addmsg(2)
print(mtmsg.buffer("kept"):msgcnt())
c:notifier(mtmsg.buffer("kept"), "<", 5)
l:nextmsg()
l:clear()
print(mtmsg.buffer("kept"):msgcnt())

-- close drops messages without a notification.
local told, ending = mtmsg.newbuffer(), mtmsg.newbuffer()
ending:notifier(told, "<", 10)
ending:addmsg(1)
ending:addmsg(2)
ending:nextmsg()
ending:close()
print(told:msgcnt())
