-- shows: Threads that wait in a buffer, in a listener or anywhere get operation_aborted.
-- proves: buffer.abort, listener.abort, mtmsg.abort
-- edition: seed, 0.4
local check = require "check"
local mtmsg = require "mtmsg"
local llthreads = require "llthreads2"

local code = [[
    local find, id, readyId = ...
    local mtmsg = require "mtmsg"
    local object = mtmsg[find](id)
    mtmsg.buffer(readyId):addmsg("ready")
    local ok, err = pcall(object.nextmsg, object)
    return ok, tostring(err):match("^[%w_.]+") == "mtmsg.error.operation_aborted"
]]
local l, ready = mtmsg.newlistener(), mtmsg.newbuffer()
local b = l:newbuffer()
for kind, object in pairs {buffer = b, listener = l} do
    for _, abort in ipairs {function() object:abort() end, function() mtmsg.abort() end} do
        local threads = {}
        for i = 1, 3 do
            threads[i] = llthreads.new(code, kind, object:id(), ready:id()):start()
            check.equal(ready:nextmsg(), "ready")
        end
        abort()
        for i = 1, 3 do check.values({n = 3, true, false, true}, threads[i]:join()) end
        mtmsg.abort(false)
        object:abort(false)
    end
end
print("aborted")
