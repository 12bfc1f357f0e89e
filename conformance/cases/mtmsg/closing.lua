-- shows: A thread that waits in a buffer which is closed gets object_closed.
-- proves: buffer.closing
-- edition: seed, 0.4
local check = require "check"
local mtmsg = require "mtmsg"
local llthreads = require "llthreads2"

local b, ready = mtmsg.newbuffer(), mtmsg.newbuffer()
local thread = llthreads.new([[
    local id, readyId = ...
    local mtmsg = require "mtmsg"
    local b = mtmsg.buffer(id)
    mtmsg.buffer(readyId):addmsg("ready")
    local ok, err = pcall(b.nextmsg, b)
    return ok, tostring(err):match("^[%w_.]+") == "mtmsg.error.object_closed"
]], b:id(), ready:id()):start()
check.equal(ready:nextmsg(), "ready")
b:close()
check.values({n = 3, true, false, true}, thread:join())
print("closed")
