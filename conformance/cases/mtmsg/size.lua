-- shows: A fixed size bounds the bytes of the messages in a buffer, counted by their values.
-- proves: newbuffer.size, buffer.full, mtmsg.error.message_size, mtmsg.buffer:setmsg, buffer.setmsg
-- edition: seed, 0.4
local check = require "check"
local mtmsg = require "mtmsg"

-- bytes(...) is the least size of a buffer that takes the message.
local function bytes(...)
    local size = 0
    while not pcall(function(...) mtmsg.newbuffer(size, 0):addmsg(...) end, ...) do
        size = size + 1
    end
    return size
end
check.equal(bytes(), 1)
check.equal(bytes(nil), 2)
check.equal(bytes(nil, nil), 3)
check.equal(bytes(true), 3)
check.equal(bytes(7), 10)
check.equal(bytes(0.5, false), 12)
check.equal(bytes(""), 3)
check.equal(bytes("abc"), 6)
check.equal(bytes(("x"):rep(252)), 255)
check.equal(bytes(("x"):rep(253)), 264)
check.equal(bytes(("x"):rep(255)), 266)
check.equal(bytes(("x"):rep(256)), 274)

-- Objects count like numbers, and so do tables, but what is in a table counts as well, once in a message.
check.equal(bytes(mtmsg.newbuffer()), 10)
check.equal(bytes({}), 10)
check.equal(bytes({}, {}), 19)
check.equal(bytes({1, true}), 9 + 18 + 11 + 1)
check.equal(bytes({x = "y"}), 9 + 3 + 3 + 1)
check.equal(bytes({{{}}}), 3 * 9 + 2 * 9 + 1)
local twice = {"text"}
check.equal(bytes(twice, {twice, twice}), 9 + 15 + 9 + 4 * 9 + 1)
twice[1] = twice
check.equal(bytes(twice), 9 + 18 + 1)

local b = mtmsg.newbuffer(20, 0)
check.equal(b:addmsg(1), true)
check.equal(b:addmsg(2), true)
check.equal(b:addmsg(), false)
check.equal(b:msgcnt(), 2)
local err = check.fails(mtmsg.error.message_size, b.addmsg, b, "0123456789", 1)
print(err)
check.equal(b:nextmsg(), 1)
check.equal(b:addmsg(true, true, true), true)
check.equal(b:addmsg(nil), true)
check.equal(b:addmsg(), true)
check.equal(b:addmsg(), false)
check.equal(b:nextmsg(), 2)
check.values({n = 3, true, true, true}, b:nextmsg())
b:clear()
for i = 1, 20 do check.equal(b:addmsg(), true) end
check.equal(b:addmsg(), false)

check.equal(b:setmsg("only"), true)
check.fails(mtmsg.error.message_size, b.setmsg, b, 1, 2, 3)
check.fails("bad argument #1 to 'setmsg' (type 'function' not supported)", b.setmsg, b, print)
check.equal(b:msgcnt(), 1)
check.equal(b:nextmsg(0), "only")

-- Any other factor lets a buffer grow, whatever its size.
for _, grow in ipairs {0.1, 1, 2, 1e300, 1 / 0} do
    local b = mtmsg.newbuffer(nil, 0, grow)
    for i = 1, 200 do check.equal(b:addmsg(i, "text"), true) end
    for i = 1, 200 do check.values({n = 2, i, "text"}, b:nextmsg(0)) end
end
check.fails(mtmsg.error.message_size, function() mtmsg.newbuffer(0, 0):addmsg() end)
check.equal(mtmsg.newbuffer(nil, nil, 0):addmsg(("x"):rep(1000)), true)
check.fails(mtmsg.error.message_size, function() mtmsg.newbuffer(nil, nil, 0):addmsg(("x"):rep(1024)) end)
