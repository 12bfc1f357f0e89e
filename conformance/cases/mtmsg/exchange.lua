-- shows: Threads exchange many messages of two values without loss and in order, also over a listener.
-- proves: buffer.addmsg, buffer.nextmsg, listener.nextmsg
-- edition: seed, 0.4
local check = require "check"
local mtmsg = require "mtmsg"
local llthreads = require "llthreads2"

local count = 5000
local sender = [[
    local id, count = ...
    local b = require "mtmsg".buffer(id)
    for i = 1, count do b:addmsg(i, "message " .. i) end
]]

local b = mtmsg.newbuffer()
local thread = llthreads.new(sender, b:id(), count):start()
for i = 1, count do check.values({n = 2, i, "message " .. i}, b:nextmsg()) end
assert(thread:join())

local l, buffers, threads, seen = mtmsg.newlistener(), {}, {}, {}
for i = 1, 3 do
    buffers[i] = l:newbuffer()
    threads[i] = llthreads.new([[
        local id, count, sender = ...
        local b = require "mtmsg".buffer(id)
        for i = 1, count do b:addmsg(sender, i) end
    ]], buffers[i]:id(), count, i):start()
    seen[i] = 0
end
for _ = 1, 3 * count do
    local sender, i = l:nextmsg()
    check.equal(i, seen[sender] + 1)
    seen[sender] = i
end
for i = 1, 3 do assert(threads[i]:join()) end
print(seen[1] + seen[2] + seen[3], l:nextmsg(0))
