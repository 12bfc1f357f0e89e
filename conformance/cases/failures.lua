-- Ways to get each error of the modules, for cases that look at errors in each edition.
local llthreads = require "llthreads2"
local mtmsg = require "mtmsg"
local mtstates = require "mtstates"

local failures = {}
local unpack = unpack or table.unpack

-- A call that raises an error: its name, how many stacks its traceback has, and the function with its arguments.
local function add(name, stacks, f, ...)
    local failure = { name = name, stacks = stacks, where = "cases/failures.lua", f = f, n = select("#", ...), ... }
    failures[#failures + 1] = failure
    return failure
end

-- raised returns the error of a failure: with direct set, pcall calls the function itself.
function failures.raised(failure, direct)
    if failure.alone then failures.finish() end
    if failure.inside then return failure.inside(direct) end
    if direct then
        return select(2, pcall(failure.f, unpack(failure, 1, failure.n)))
    end
    return select(2, pcall(function()
        local result = failure.f(unpack(failure, 1, failure.n))
        return result
    end))
end

-- States.
local entered, leave = mtmsg.newbuffer("entered"), mtmsg.newbuffer("leave")
local callback = [[
    local function endless() return 1 + endless() end
    return function(what, ...)
        if what == "fail" then error("failed") end
        if what == "endless" then return endless() end
        if what == "function" then return print end
        if what == "loop" then while true do end end
        if what == "wait" then
            local mtmsg = require "mtmsg"
            mtmsg.buffer("entered"):addmsg()
            mtmsg.buffer("leave"):nextmsg(1e9) -- a wait that may end is no deadlock
        end
        return what, ...
    end
]]
local state = mtstates.newstate("failing", callback)
local closed = mtstates.newstate("closed", callback)
closed:close()
local interrupted = mtstates.newstate("interrupted", callback)
interrupted:interrupt(true)
add("mtstates.error.unknown_object", 1, mtstates.state, "nowhere")
add("mtstates.error.unknown_object", 1, mtstates.state, -1)
add("mtstates.error.object_closed", 1, closed.call, closed)
add("mtstates.error.object_closed", 1, closed.tcall, closed, 0)
add("mtstates.error.object_closed", 1, closed.interrupt, closed)
add("mtstates.error.state_result", 1, mtstates.newstate, "return 1")
add("mtstates.error.state_result", 1, mtstates.newstate, "return print, print")
add("mtstates.error.state_result", 1, mtstates.singleton, "single", "return 1")
add("mtstates.error.state_result", 1, state.call, state, "function")
add("mtstates.error.state_result", 1, state.tcall, state, 0, "function")
add("mtstates.error.invoking_state", 2, state.call, state, "fail")
add("mtstates.error.invoking_state", 2, state.tcall, state, 0, "fail")
add("mtstates.error.invoking_state", 2, mtstates.newstate, "error('failed')")
add("mtstates.error.invoking_state", 2, mtstates.singleton, "single", "error('failed')")
add("mtstates.error.out_of_memory", 2, state.call, state, "endless")
add("mtstates.error.interrupted", 2, interrupted.call, interrupted, "loop")
add("mtstates.error.interrupted", 2, interrupted.tcall, interrupted, 0, "loop")
if mtstates.error.object_exists then
    add("mtstates.error.object_exists", 1, mtstates.newstate, "failing", callback)
    add("mtstates.error.invoking_state", 1, mtstates.newstate, "x =")
end
if mtstates.error.ambiguous_name then
    failures.twice = { mtstates.newstate("twice", callback), mtstates.newstate("twice", callback) }
    add("mtstates.error.ambiguous_name", 1, mtstates.state, "twice")
    add("mtstates.error.ambiguous_name", 1, mtstates.singleton, "twice", callback)
end
local busy = mtstates.newstate("busy", callback)
local holder = llthreads.new([[return require("mtstates").state("busy"):call("wait")]]):start(true, true)
entered:nextmsg()
add("mtstates.error.concurrent_access", 1, busy.close, busy)
if mtstates.error.object_exists then
    add("mtstates.error.concurrent_access", 1, busy.call, busy)
end
add("mtstates.error.deadlock", 1).where = "deadlock"
failures[#failures].inside = function(direct)
    local own, err = mtstates.singleton("own", [[-- deadlock
        local mtstates, direct = require "mtstates", ...
        local ok, err
        if direct then
            ok, err = pcall(mtstates.singleton, "own", "return print")
        else
            ok, err = pcall(function() local own = mtstates.singleton("own", "return print") return own end)
        end
        return print, err]], direct)
    own:close()
    return err
end

-- Messages.
local buffer, listener = mtmsg.newbuffer("b"), mtmsg.newlistener("l")
local heard = mtmsg.newlistener("heard")
failures.heard = heard:newbuffer()
local small, full = mtmsg.newbuffer("small", 10, 0), mtmsg.newbuffer("full")
local goneBuffer, goneListener = mtmsg.newbuffer("gone"), mtmsg.newlistener("gone")
goneBuffer:close()
goneListener:close()
local stopped, stoppedListener = mtmsg.newbuffer("stopped"), mtmsg.newlistener("stopped")
failures.stopped = stoppedListener:newbuffer()
stopped:abort()
stoppedListener:abort()
local reader, writer, large = mtmsg.newreader(), mtmsg.newwriter(), ("x"):rep(100)
writer:add(large)
add("mtmsg.error.unknown_object", 1, mtmsg.buffer, "nowhere")
add("mtmsg.error.unknown_object", 1, mtmsg.buffer, -1)
add("mtmsg.error.unknown_object", 1, mtmsg.listener, "nowhere")
add("mtmsg.error.unknown_object", 1, mtmsg.listener, -1)
failures.double = { mtmsg.newbuffer("double"), mtmsg.newbuffer("double"), mtmsg.newlistener("double"), mtmsg.newlistener("double") }
add("mtmsg.error.ambiguous_name", 1, mtmsg.buffer, "double")
add("mtmsg.error.ambiguous_name", 1, mtmsg.listener, "double")
for _, method in ipairs { "addmsg", "setmsg", "nextmsg", "msgcnt", "clear", "abort", "isabort" } do
    add("mtmsg.error.object_closed", 1, goneBuffer[method], goneBuffer)
end
add("mtmsg.error.object_closed", 1, goneBuffer.notifier, goneBuffer, buffer)
for _, method in ipairs { "newbuffer", "nextmsg", "clear", "abort", "isabort" } do
    add("mtmsg.error.object_closed", 1, goneListener[method], goneListener)
end
add("mtmsg.error.object_closed", 1, writer.addmsg, writer, goneBuffer)
add("mtmsg.error.object_closed", 1, writer.setmsg, writer, goneBuffer)
add("mtmsg.error.object_closed", 1, reader.nextmsg, reader, goneBuffer)
add("mtmsg.error.object_closed", 1, reader.nextmsg, reader, goneListener)
add("mtmsg.error.operation_aborted", 1, stopped.nextmsg, stopped)
add("mtmsg.error.operation_aborted", 1, stoppedListener.nextmsg, stoppedListener)
add("mtmsg.error.operation_aborted", 1, reader.nextmsg, reader, stopped)
add("mtmsg.error.operation_aborted", 1, reader.nextmsg, reader, stoppedListener)
add("mtmsg.error.no_buffers", 1, listener.nextmsg, listener)
add("mtmsg.error.no_buffers", 1, reader.nextmsg, reader, listener)
add("mtmsg.error.message_size", 1, small.addmsg, small, large)
add("mtmsg.error.message_size", 1, small.setmsg, small, large)
add("mtmsg.error.message_size", 1, mtmsg.newwriter(10, 0).add, mtmsg.newwriter(10, 0), large)
add("mtmsg.error.message_size", 1, writer.addmsg, writer, small)
add("mtmsg.error.message_size", 1, writer.setmsg, writer, small)
full:addmsg(large)
add("mtmsg.error.message_size", 1, reader.nextmsg, mtmsg.newreader(10, 0), full)
buffer:notifier(full)
add("mtmsg.error.has_notifier", 1, buffer.notifier, buffer, small)
add("mtmsg.error.deadlock", 1, buffer.nextmsg, buffer).alone = true
add("mtmsg.error.deadlock", 1, heard.nextmsg, heard).alone = true
add("mtmsg.error.deadlock", 1, reader.nextmsg, reader, buffer).alone = true
add("mtmsg.error.deadlock", 1, reader.nextmsg, reader, heard).alone = true
local part, many = {}, mtmsg.newwriter()
for i = 1, 100 do part[i] = i end
for _ = 1, 11000 do many:add(unpack(part)) end
local huge = mtmsg.newbuffer("huge")
many:addmsg(huge)
add("mtmsg.error.out_of_memory", 1, huge.nextmsg, huge)

-- The details that the manual documents, as patterns.
local state, object = "mtstates%.state%([^\n]*id=%d+%)", "^mtmsg%.[bl][%a]+%([^\n]*id=%d+%)$"
failures.details = {
    ["mtstates.error.ambiguous_name"] = '^state name "twice"$',
    ["mtstates.error.concurrent_access"] = "^state in use: " .. state .. "$",
    ["mtstates.error.deadlock"] = "^" .. state .. " waits for " .. state .. "$",
    ["mtstates.error.interrupted"] = "^" .. state .. ": .*interrupted$",
    ["mtstates.error.invoking_state"] = ":%d+: ",
    ["mtstates.error.object_closed"] = "^" .. state .. "$",
    ["mtstates.error.object_exists"] = "^" .. state .. "$",
    ["mtstates.error.out_of_memory"] = "^" .. state .. ": .*stack overflow",
    ["mtstates.error.state_result"] = "^state [fs][%a]+ returns ",
    ["mtstates.error.unknown_object"] = '^state [ni][%a]+ [%w"-]+$',
    ["mtmsg.error.ambiguous_name"] = '^[bl][%a]+ name "double"$',
    ["mtmsg.error.deadlock"] = object,
    ["mtmsg.error.has_notifier"] = object,
    ["mtmsg.error.message_size"] = "^mtmsg%.[^\n]+: %d+ bytes are more than the size of 10$",
    ["mtmsg.error.no_buffers"] = object,
    ["mtmsg.error.object_closed"] = object,
    ["mtmsg.error.operation_aborted"] = object,
    ["mtmsg.error.out_of_memory"] = "^no room for 1100000 values on the stack$",
    ["mtmsg.error.unknown_object"] = '^[bl][%a]+ [ni][%a]+ [%w"-]+$',
}

-- missing returns the names of the errors that no failure has: those that a script alone does not get.
function failures.missing()
    local has, missing = {}, {}
    for _, failure in ipairs(failures) do has[failure.name] = true end
    for _, module in ipairs { mtstates, mtmsg } do
        for _, constant in pairs(module.error) do
            local name = tostring(constant)
            if not has[name] then missing[#missing + 1] = name end
        end
    end
    return table.concat(missing, " ")
end

-- finish lets the thread end that waits.
function failures.finish()
    if holder:alive() then leave:addmsg() end
    holder:join()
end

return failures
