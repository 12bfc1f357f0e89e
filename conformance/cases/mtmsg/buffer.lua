-- shows: Messages go through a buffer in their order; names and ids find it.
-- proves: mtmsg.newbuffer, newbuffer.name, mtmsg.buffer, buffer.lookup, mtmsg.buffer:id, buffer.id, mtmsg.buffer:name, buffer.name, mtmsg.buffer:addmsg, buffer.addmsg, mtmsg.buffer:nextmsg, buffer.nextmsg, mtmsg.buffer:msgcnt, buffer.msgcnt, mtmsg.buffer:clear, buffer.clear, mtmsg.buffer:close, buffer.close, mtmsg.error.object_closed, mtmsg.error.unknown_object
-- edition: seed, 0.4
local check = require "check"
local mtmsg = require "mtmsg"

local b = mtmsg.newbuffer("b1")
check.equal(b:name(), "b1")
check.values({n = 0}, mtmsg.newbuffer():name())
check.values({n = 0}, mtmsg.newbuffer(nil, 10):name())
check.equal(mtmsg.newbuffer("10"):name(), "10")
check.equal(b:addmsg("one", nil, 2), true)
b:addmsg()
b:addmsg("three")
check.equal(b:msgcnt(), 3)
check.values({n = 3, "one", nil, 2}, mtmsg.buffer("b1"):nextmsg())
check.values({n = 0}, mtmsg.buffer(b:id()):nextmsg())
check.values({n = 1, "three"}, b:nextmsg(0))
check.values({n = 0}, b:nextmsg(0))
check.values({n = 0}, b:nextmsg(0.001))
check.values({n = 0}, b:nextmsg(-1))
check.fails("bad argument #2 to 'addmsg' (type 'function' not supported)", b.addmsg, b, 1, print)
check.equal(b:msgcnt(), 0)
for i = 1, 100 do b:addmsg(i, true) end
for i = 1, 50 do check.values({n = 2, i, true}, b:nextmsg()) end
for i = 101, 300 do b:addmsg(i, "s" .. i, nil) end
for i = 51, 100 do check.values({n = 2, i, true}, b:nextmsg()) end
for i = 101, 200 do check.values({n = 3, i, "s" .. i, nil}, b:nextmsg()) end
check.equal(b:msgcnt(), 100)
check.values({n = 0}, b:clear())
check.equal(b:msgcnt(), 0)
b:addmsg("a\0b\255", -0.5, false)
check.values({n = 3, "a\0b\255", -0.5, false}, b:nextmsg())
for _, unknown in ipairs {"none", 0, b:id() + 0.5} do
    print(check.details(check.fails(mtmsg.error.unknown_object, mtmsg.buffer, unknown)):gsub("%d+%.5", "N.5"), nil)
end
check.fails("bad argument #1 to 'buffer' (number or string expected, got boolean)", mtmsg.buffer, true)
b:close()
b:close()
check.equal(b:name(), "b1")
for _, method in ipairs {"addmsg", "setmsg", "nextmsg", "msgcnt", "clear", "abort", "isabort", "notifier"} do
    local err = check.fails(mtmsg.error.object_closed, b[method], b, nil)
    check.equal(check.details(err), 'mtmsg.buffer(name="b1",id=' .. b:id() .. ")")
end
check.fails(mtmsg.error.unknown_object, mtmsg.buffer, "b1")
check.fails(mtmsg.error.unknown_object, mtmsg.buffer, b:id())
