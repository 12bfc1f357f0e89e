-- shows: A wait in a listener ends when the listener or the last of its buffers is closed.
-- proves: listener.close, listener.nobuffers
-- edition: seed, 0.4
local check = require "check"
local mtmsg = require "mtmsg"
local llthreads = require "llthreads2"

local code = [[
    local id, readyId = ...
    local mtmsg = require "mtmsg"
    local l = mtmsg.listener(id)
    mtmsg.buffer(readyId):addmsg("ready")
    local ok, err = pcall(l.nextmsg, l)
    return ok, err:name()
]]
local ready = mtmsg.newbuffer()
for i = 1, 2 do
    local l = mtmsg.newlistener()
    local a, b = l:newbuffer(), l:newbuffer()
    local thread = llthreads.new(code, l:id(), ready:id()):start()
    check.equal(ready:nextmsg(), "ready")
    if i == 1 then
        a:close()
        b:close()
    else
        l:close()
    end
    print(thread:join())
end
