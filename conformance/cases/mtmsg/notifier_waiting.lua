-- shows: A message that a waiting thread takes at once notifies of both, the one that came and the one that went.
-- proves: notifier.threshold
-- edition: seed, 0.4
local check = require "check"
local mtmsg = require "mtmsg"
local llthreads = require "llthreads2"

for _, kind in ipairs {">", "<"} do
    local b, n, ready = mtmsg.newbuffer(), mtmsg.newbuffer(), mtmsg.newbuffer()
    b:notifier(n, kind)
    local thread = llthreads.new([[
        local id, readyId = ...
        local mtmsg = require "mtmsg"
        local b = mtmsg.buffer(id)
        mtmsg.buffer(readyId):addmsg("ready")
        return b:nextmsg()
    ]], b:id(), ready:id()):start()
    check.equal(ready:nextmsg(), "ready")
    b:addmsg("message")
    check.values({n = 2, true, "message"}, thread:join())
    check.values({n = 0}, n:nextmsg())
    print(kind, n:msgcnt())
end
