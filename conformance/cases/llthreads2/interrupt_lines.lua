-- shows: The traceback of an interrupted thread has the line of the loop that was stopped, also when it has an empty body.
-- proves: llthreads2.thread:interrupt
-- needs: limits
-- edition: seed, 0.4
local check = require "check"
local llthreads = require "llthreads2"
local mtmsg = require "mtmsg"

local ready = mtmsg.newbuffer("ready")

-- Each loop spends all its time in one line.
for loop, line in pairs {
    ["while true do end"] = 3,
    ["while 1 do\n\nend"] = 3,
    ["while not x do\n\nend"] = 3,
    ["\nrepeat\nuntil false"] = 5,
    ["for i = 1, 1e15 do\nend"] = 3,
    ["for i in function() return 1 end do end"] = 3,
} do
    local at
    repeat -- until it does not come before the loop
        local thread = llthreads.new("local x require('mtmsg').buffer('ready'):addmsg()\n\n" .. loop):start()
        ready:nextmsg()
        thread:interrupt()
        local ok, message = thread:join()
        check.equal(ok, false)
        at = message:match(":(%d+): in main chunk")
    until at ~= "1"
    check.equal(at, tostring(line), loop)
end
print("each line is that of the loop")
