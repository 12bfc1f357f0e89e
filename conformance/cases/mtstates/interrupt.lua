-- shows: A thread interrupts a state that another one is calling, once or always.
-- proves: mtstates.state:interrupt, interrupt.once, interrupt.always, mtstates.error.interrupted
-- with: interrupt
-- edition: seed, 0.4
local check = require "check"
local llthreads = require "llthreads2"
local mtmsg = require "mtmsg"
local mtstates = require "mtstates"

local ready = mtmsg.newbuffer("ready")
local state = mtstates.newstate("looper", [[
    local ready = require("mtmsg").buffer("ready")
    local function loop()
        ready:addmsg()
        while true do end
    end
    local commands = {
        loop = loop,
        catch = function() return pcall(loop) end,
        insist = function() while true do pcall(loop) end end,
        count = function() local n = 0 for i = 1, 100000 do n = n + 1 end return n end,
    }
    return function(command) return commands[command]() end
]])
-- Returns what call raises in a thread: name, details, the beginning of the traceback.
local function interrupted(command, flag)
    local thread = llthreads.new(function(command)
        local state = require("mtstates").state("looper")
        local _, err = pcall(state.call, state, command)
        local text = tostring(err)
        local name, details = text:match("^([%w_.]+): ([^\n]*)")
        return name, (details:gsub("id=%d+", "id=N")), text:match("\n(stack traceback:\n)")
    end, command):start()
    ready:nextmsg()
    state:interrupt(flag)
    return thread:join()
end
local want = {n = 4, true, "mtstates.error.interrupted", 'mtstates.state(name="looper",id=N): interrupted', "stack traceback:\n"}

-- Once: call raises the error, or the callback catches it.
check.values(want, interrupted("loop"))
check.equal(state:call("count"), 100000)
local thread = llthreads.new("return require('mtstates').state('looper'):call('catch')"):start()
ready:nextmsg()
state:interrupt(nil)
check.values({n = 3, true, false, "interrupted"}, thread:join())

-- Always: no pcall helps, and later calls fail until it is taken back.
check.values(want, interrupted("insist", true))
for i = 1, 3 do
    check.fails(mtstates.error.interrupted, state.call, state, "count")
end
state:interrupt(false)
check.equal(state:call("count"), 100000)

-- A state that does not run is interrupted when it is called.
state:interrupt()
check.fails(mtstates.error.interrupted, state.call, state, "count")
check.equal(state:call("count"), 100000)
check.fails("bad argument #2 to 'interrupt' (boolean expected, got string)", state.interrupt, state, "yes")
check.fails("bad argument #1 to 'interrupt' (boolean expected, got string)", function() state:interrupt("yes") end)
print("interrupted")
