-- shows: A message with more values than the stack can hold stays in its buffer; a reader takes it in parts.
-- proves: mtmsg.error.out_of_memory, buffer.room, reader.room
-- edition: seed, 0.4
local check = require "check"
local mtmsg = require "mtmsg"

local unpack = unpack or table.unpack
local part = {}
for i = 1, 100 do part[i] = i end
local w, n = mtmsg.newwriter(), 11000
for _ = 1, n do w:add(unpack(part)) end
local b = mtmsg.newbuffer()
w:addmsg(b)
b:addmsg("next")
print(check.fails(mtmsg.error.out_of_memory, b.nextmsg, b))
check.equal(b:msgcnt(), 2)
local r = mtmsg.newreader()
check.equal(r:nextmsg(b), true)
check.equal(b:nextmsg(), "next")
check.equal(r:next(), 1)
print(check.fails(mtmsg.error.out_of_memory, r.next, r, n * 100))
local sum = 1
while true do
    local got = {r:next(99)}
    if #got == 0 then break end
    for i = 1, #got do sum = sum + got[i] end
end
print(sum == n * 5050)
