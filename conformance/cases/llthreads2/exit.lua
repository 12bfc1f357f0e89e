-- shows: The end of a script waits for a thread that nobody joined; what it prints is there.
-- proves: threads.exit
-- edition: seed, 0.4
local mtmsg = require "mtmsg"
local ready, go = mtmsg.newbuffer(), mtmsg.newbuffer()
require("llthreads2").new(function(readyId, goId)
    local mtmsg = require("mtmsg")
    local go = mtmsg.buffer(goId)
    mtmsg.buffer(readyId):addmsg("ready")
    go:nextmsg()
    local sum = 0
    for i = 1, 100000 do sum = sum + i end
    print("from the thread", sum)
end, ready:id(), go:id()):start()
ready:nextmsg()
go:addmsg("go")
