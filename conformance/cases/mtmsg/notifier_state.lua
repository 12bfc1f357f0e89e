-- shows: A state as notifier is called without arguments, once for each notification, also when it was in use.
-- proves: notifier.state, notifier.busy, mtmsg.buffer:notifier
-- edition: seed, 0.4
local check = require "check"
local mtmsg = require "mtmsg"
local mtstates = require "mtstates"

local b, log = mtmsg.newbuffer("b"), mtmsg.newbuffer("log")
local state = mtstates.newstate("notified", [[
    local bufferId, logId = ...
    local mtmsg = require "mtmsg"
    local b, log = mtmsg.buffer(bufferId), mtmsg.buffer(logId)
    return function(...)
        if select("#", ...) > 0 then
            for i = 1, 3 do b:addmsg("from inside", i) end
            log:addmsg("call ends")
            return ...
        end
        local message = b:nextmsg()
        log:addmsg("notified", message)
        if message == "fail" then error("callback fails", 0) end
        return print
    end
]], b:id(), log:id())

b:notifier(state)
check.equal(b:addmsg("hello"), true)
print(log:nextmsg(0))

-- The state is in use while it adds the messages; it is called for each when that call ends.
check.equal(state:call("result"), "result")
for _ = 1, 4 do print(log:nextmsg(0)) end
check.equal(log:msgcnt(), 0)

-- What goes wrong in the callback does not concern who adds the message.
check.equal(b:addmsg("fail"), true)
print(log:nextmsg(0))
check.equal(b:addmsg("again"), true)
print(log:nextmsg(0))

check.fails(mtmsg.error.has_notifier, b.notifier, b, log)
state:close()
check.equal(b:addmsg("unseen"), true)
b:notifier(log)
b:addmsg("seen")
print(log:msgcnt(), b:msgcnt())
