-- shows: A listener takes one message of each buffer in turn, so that a busy sender does not keep others waiting.
-- proves: listener.turns
-- edition: seed, 0.4
local check = require "check"
local mtmsg = require "mtmsg"

local l = mtmsg.newlistener()
local idle, a, b, c = l:newbuffer(), l:newbuffer(), l:newbuffer(), l:newbuffer()

local function taken(n)
    local all = {}
    for i = 1, n do all[i] = l:nextmsg(0) or "none" end
    return table.concat(all, " ")
end

-- The one that has had messages longest begins, also when the one before is filled again and again.
for i = 1, 3 do a:addmsg("a" .. i) end
b:addmsg("b1")
c:addmsg("c1")
c:addmsg("c2")
check.equal(taken(7), "a1 b1 c1 a2 c2 a3 none")
for i = 1, 5 do a:addmsg("a" .. i) end
for i = 1, 5 do
    a:addmsg("more")
    b:addmsg("b" .. i)
    check.equal(taken(2), "a" .. i .. " b" .. i)
end
l:clear()

-- A buffer that was emptied, in whatever way, has a new turn with its next message; one that was refilled by setmsg keeps it.
local empty = {
    function(buffer) buffer:clear() end,
    function(buffer) while buffer:nextmsg(0) do end end,
}
for _, clear in ipairs(empty) do
    a:addmsg("a1") b:addmsg("b1") b:addmsg("b2")
    clear(a)
    a:addmsg("a2")
    check.equal(taken(4), "b1 a2 b2 none")
end
a:addmsg("a1") b:addmsg("b1")
a:setmsg("a2")
check.equal(taken(3), "a2 b1 none")

-- A message that is taken out of the buffer itself does not cost the buffer its turn.
a:addmsg("a1") a:addmsg("a2") b:addmsg("b1")
check.equal(a:nextmsg(), "a1")
check.equal(taken(3), "a2 b1 none")

-- A reader takes turns with nextmsg, and a message that does not fit into it stays where it is.
local small = mtmsg.newreader(20, 0)
a:addmsg("a1") b:addmsg(("b"):rep(30)) a:addmsg("a2") b:addmsg("b2")
check.equal(small:nextmsg(l), true)
check.equal(small:next(), "a1")
check.fails(mtmsg.error.message_size, small.nextmsg, small, l)
check.equal(taken(4), ("b"):rep(30) .. " a2 b2 none")

-- Closed and collected buffers.
a:addmsg("a1") b:addmsg("b1") c:addmsg("c1") a:addmsg("a2") c:addmsg("c2")
b:close()
check.equal(taken(1), "a1")
a = nil
collectgarbage()
check.equal(taken(4), "c1 a2 c2 none")

-- A sender in a thread that fills its buffer does not delay one that sends now and then.
local llthreads = require "llthreads2"
local busy, seldom, stop = l:newbuffer(1000, 0), l:newbuffer(), mtmsg.newbuffer()
local thread = llthreads.new(function(busy, stop)
    while not stop:nextmsg(0) do busy:addmsg("busy") end
end, busy, stop):start()
check.equal(l:nextmsg(), "busy")
for i = 1, 50 do
    seldom:addmsg("seldom")
    local others = 0
    while l:nextmsg() ~= "seldom" do others = others + 1 end
    check.equal(others <= 1, true)
end
stop:addmsg("stop")
check.equal((thread:join()), true)
idle:close()
print "in turn"
