-- shows: An interrupt of a thread reaches the states that it calls, directly and through others, for the time of the call.
-- proves: threads.interrupt_call
-- edition: seed, 0.4
local check = require "check"
local llthreads = require "llthreads2"
local mtmsg = require "mtmsg"
local mtstates = require "mtstates"

local ready = mtmsg.newbuffer("ready")
local setup = [[
    local mtmsg = require "mtmsg"
    local ready, inner = mtmsg.buffer("ready"), ...
    local function loop() ready:addmsg("ready") while true do end end
    local commands = {
        loop = loop,
        insist = function() while true do pcall(loop) end end,
        catch = function() return pcall(loop) end,
        sleep = function() ready:addmsg("ready") mtmsg.sleep(1e9) end,
        wait = function() ready:addmsg("ready") mtmsg.newbuffer():nextmsg(1e9) end,
        execute = function() ready:addmsg("ready") os.execute("sleep 60") end,
        inner = function(command) return inner:call(command) end,
        setup = function() ready:addmsg("ready") require("mtstates").newstate("while true do end") end,
        count = function() local n = 0 for i = 1, 100000 do n = n + 1 end return n end,
    }
    return function(command, ...) return commands[command](...) end
]]
local inner = mtstates.newstate(setup)
local state = mtstates.newstate(nil, true, setup, inner)

local function interrupted(...)
    local thread = llthreads.new(function(state, ...)
        return pcall(state.call, state, ...)
    end, state, ...):start()
    ready:nextmsg()
    thread:interrupt()
    return thread:join()
end
local function stopped(...)
    local thread = llthreads.new(function(state, ...)
        while true do pcall(state.call, state, ...) end
    end, state, ...):start()
    ready:nextmsg()
    thread:interrupt(true)
    local joined, err = thread:join()
    while ready:nextmsg(0) do end
    return joined, err
end

-- Once: the state gets it, and goes on if it catches it.
for _, command in ipairs {"loop", "execute"} do
    local joined, ok, err = interrupted(command)
    check.values({n = 2, true, false}, joined, ok)
    check.equal(tostring(err):match("mtstates%.error%.interrupted: mtstates%.state%(id=%d+%): interrupted") ~= nil, true)
end
check.values({n = 4, true, true, false, "interrupted"}, interrupted("catch"))
for _, command in ipairs {"sleep", "wait"} do
    local joined, ok, err = interrupted(command)
    check.values({n = 2, true, false}, joined, ok)
    check.contains(tostring(err), "interrupted")
end

-- Always: no pcall helps, in the state or in the thread. It ends with the thread's call.
for _, command in ipairs {"loop", "insist", "sleep", "wait", "execute", "setup"} do
    for _, through in ipairs {false, true} do
        local joined, err
        if through then
            joined, err = stopped("inner", command)
        else
            joined, err = stopped(command)
        end
        check.equal(joined, false)
        check.contains(err, llthreads.interrupted_error)
        check.equal(state:call("count"), 100000)
        check.equal(inner:call("count"), 100000)
    end
end

-- What is taken back stops nothing.
local thread = llthreads.new("local state = ... return state:call('count')", state)
thread:interrupt(true)
thread:interrupt(false)
check.values({n = 2, true, 100000}, thread:start():join())
print("reached")
