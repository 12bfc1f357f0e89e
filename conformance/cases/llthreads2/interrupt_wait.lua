-- shows: An interrupt ends what a thread waits for in mtmsg.
-- proves: threads.interrupt_wait
-- edition: seed, 0.4
local check = require "check"
local llthreads = require "llthreads2"
local mtmsg = require "mtmsg"

local ready = mtmsg.newbuffer("ready")
local function interrupted(wait, flag)
    local thread = llthreads.new(function(wait)
        local mtmsg = require("mtmsg")
        local ready = mtmsg.buffer("ready")
        local waits = {
            sleep = function() mtmsg.sleep(1e9) end,
            buffer = function() mtmsg.newbuffer():nextmsg() end,
            timeout = function() mtmsg.newbuffer():nextmsg(1e9) end,
            listener = function()
                local listener = mtmsg.newlistener()
                local buffer = listener:newbuffer()
                listener:nextmsg()
            end,
            insist = function()
                while true do
                    pcall(mtmsg.sleep, 1e9)
                end
            end,
        }
        ready:addmsg()
        waits[wait]()
    end, wait):start()
    ready:nextmsg()
    thread:interrupt(flag)
    local ok, message = thread:join()
    check.equal(ok, false)
    return message
end

-- The interrupt meets the wait, or the code just before it.
for _, wait in ipairs {"sleep", "buffer", "timeout", "listener"} do
    local message = interrupted(wait)
    if message:match("^[^\n]*") ~= "interrupted" then
        check.contains(message, "mtmsg.error.operation_aborted: interrupted")
    end
end
check.equal(interrupted("insist", true):match("^[^\n]*"), "interrupted")

-- What another thread waits for goes on.
local go = mtmsg.newbuffer("go")
local waiting = llthreads.new("require('mtmsg').buffer('ready'):addmsg() return require('mtmsg').buffer('go'):nextmsg()"):start()
ready:nextmsg()
interrupted("buffer")
go:addmsg("goes on")
check.values({n = 2, true, "goes on"}, waiting:join())
print("interrupted")
