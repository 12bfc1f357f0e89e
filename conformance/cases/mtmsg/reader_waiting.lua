-- shows: A reader that waits in a thread gets message_size for a message that is too large, and another thread the message.
-- proves: reader.size, reader.nextmsg
-- edition: seed, 0.4
local check = require "check"
local mtmsg = require "mtmsg"
local llthreads = require "llthreads2"

local b, ready = mtmsg.newbuffer(), mtmsg.newbuffer()
local thread = llthreads.new([[
    local id, readyId = ...
    local mtmsg = require "mtmsg"
    local b, r = mtmsg.buffer(id), mtmsg.newreader(5, 0)
    mtmsg.buffer(readyId):addmsg("ready")
    local ok, err = pcall(r.nextmsg, r, b)
    return ok, err == mtmsg.error.message_size, b:nextmsg()
]], b:id(), ready:id()):start()
check.equal(ready:nextmsg(), "ready")
b:addmsg("much too large")
print(thread:join())
