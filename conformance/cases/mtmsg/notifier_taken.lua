-- shows: A state is told of each message that is taken or removed before the method returns, and is in use while it is told.
-- proves: notifier.state, notifier.busy, notifier.threshold, buffer.setmsg
-- edition: seed, 0.4
local check = require "check"
local llthreads = require "llthreads2"
local mtmsg = require "mtmsg"
local mtstates = require "mtstates"

local log, reader, listener = mtmsg.newbuffer("log"), mtmsg.newreader(), mtmsg.newlistener()
local watched = listener:newbuffer("watched")
local state = mtstates.newstate("told", [[
    local mtmsg, mtstates = require "mtmsg", require "mtstates"
    local watched, log = mtmsg.buffer("watched"), mtmsg.buffer("log")
    return function()
        local me = mtstates.state("told")
        local closed, err = pcall(me.close, me)
        log:addmsg("left", watched:msgcnt(), mtstates.id() == me:id(), closed, tostring(err):match("^[%w_.]+"))
    end]])
local function logged(...)
    for _, left in ipairs { ... } do
        check.values({ n = 5, "left", left, true, false, "mtstates.error.concurrent_access" }, log:nextmsg(0))
    end
    check.equal(log:msgcnt(), 0)
end

watched:notifier(state, "<", 10)
watched:addmsg(1)
logged()
check.equal(watched:nextmsg(), 1)
logged(0)
watched:addmsg(1)
watched:addmsg(2)
check.equal(listener:nextmsg(), 1)
logged(1)
check.equal(reader:nextmsg(watched), true)
logged(0)
watched:addmsg(1)
check.equal(reader:nextmsg(listener), true)
logged(0)
for i = 1, 3 do watched:addmsg(i) end
watched:clear()
logged(0)
watched:addmsg("old")
watched:setmsg("new")
logged(1)
listener:clear()
logged(0)
watched:notifier(state, ">", 1)
watched:addmsg(1)
logged()
watched:addmsg(2)
logged(2)
watched:setmsg(3)
logged()
watched:notifier(nil)
watched:clear()

-- setmsg is one step: a thread that takes messages at the same time sees no gap between the old one and the new one, and never
-- an older message after a newer one.
local taker = llthreads.new(function(watched)
    local last, taken = 0, 0
    while last < 2000 do
        local message = watched:nextmsg()
        if message <= last or watched:msgcnt() > 1 then return false, last, message end
        last, taken = message, taken + 1
    end
    return true, last
end, watched):start()
for i = 1, 2000 do watched:setmsg(i) end
check.values({ n = 3, true, true, 2000 }, taker:join())
print("told")
