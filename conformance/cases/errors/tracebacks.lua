-- shows: Each error has the stack at the point where it occurred, also when the module's function was handed to pcall; constants have none.
-- proves: error.traceback, error.message, error.bare
local check = require "check"
local mtstates = require "mtstates"
local mtmsg = require "mtmsg"

local function sections(text)
    return select(2, text:gsub("stack traceback:\n\t", ""))
end

-- the error has the text of one stack, which ends with a line of this file and has no other in front of it
local function has(want, line, err)
    check.equal(err, want)
    local traceback = err:traceback()
    check.equal(traceback:find("stack traceback:\n\t", 1, true), 1)
    check.contains(traceback, "cases/errors/tracebacks.lua:" .. line)
    check.equal(sections(traceback), 1)
    local headline = err:name() .. (err:details() and ": " .. err:details() or "")
    check.equal(err:message(), headline .. "\n" .. traceback)
    check.equal(tostring(err), err:message())
end

-- f raises want both when pcall calls it itself and below a function of the script
local function each(want, f, ...)
    local ok, direct = pcall(f, ...)
    check.equal(ok, false)
    has(want, 25, direct)
    local args, n = {...}, select("#", ...)
    local function script()
        local result = f((unpack or table.unpack)(args, 1, n))
        return result
    end
    local ok, below = pcall(script)
    check.equal(ok, false)
    has(want, 30, below)
end

local errors = mtstates.error
each(errors.unknown_object, mtstates.state, "nowhere")
each(errors.unknown_object, mtstates.state, -1)
each(errors.state_result, mtstates.newstate, "return 1")
local taken = mtstates.newstate("tracebacks", "return function(f, ...) if f == 'table' then return { print } end return f end")
each(errors.object_exists, mtstates.newstate, "tracebacks", "return print")
each(errors.state_result, taken.call, taken, "table")
each(errors.invoking_state, mtstates.newstate, "x =")
local closed = mtstates.newstate("return print")
closed:close()
each(errors.object_closed, closed.call, closed)
local outer = mtstates.newstate([[
    local self
    return function(id)
        self = self or require("mtstates").state(id)
        local ok, err = pcall(self.call, self)
        local ok2, err2 = pcall(self.close, self)
        return err:name(), err:traceback(), err2:traceback()
    end
]])
local name, call, close = outer:call(outer:id())
check.equal(name, "mtstates.error.concurrent_access")
check.equal(sections(call), 1)
check.equal(sections(close), 1)

local buffer, listener, small = mtmsg.newbuffer("b"), mtmsg.newlistener("l"), mtmsg.newbuffer("small", 10, 0)
each(mtmsg.error.unknown_object, mtmsg.buffer, "nowhere")
each(mtmsg.error.unknown_object, mtmsg.listener, 0)
each(mtmsg.error.no_buffers, listener.nextmsg, listener)
each(mtmsg.error.message_size, small.addmsg, small, ("x"):rep(100))
each(mtmsg.error.message_size, mtmsg.newwriter(10, 0).add, mtmsg.newwriter(10, 0), ("x"):rep(100))
local double = mtmsg.newbuffer("b")
each(mtmsg.error.ambiguous_name, mtmsg.buffer, "b")
buffer:abort()
each(mtmsg.error.operation_aborted, buffer.nextmsg, buffer)
buffer:close()
each(mtmsg.error.object_closed, buffer.addmsg, buffer, 1)

-- an error that is raised again keeps its stack
local _, err = pcall(mtstates.state, "nowhere")
local text = err:traceback()
local _, again = pcall(function() error(err) end)
check.equal(rawequal(err, again), true)
check.equal(again:traceback(), text)

-- in a callback: the stack of the inner error, then that of the caller
local asking = mtstates.newstate("return function() require('mtstates').state('nowhere') end")
local failed = check.fails(errors.invoking_state, asking.call, asking)
check.equal(sections(failed:traceback()), 2)
check.contains(failed:details(), "mtstates.error.unknown_object: state name \"nowhere\"")

-- constants have none, and do not get one
for _, module in ipairs { mtstates, mtmsg } do
    for _, constant in pairs(module.error) do
        check.equal(constant:traceback(), nil)
        check.equal(constant:details(), nil)
        check.equal(constant:message(), constant:name())
        local _, raised = pcall(error, constant)
        check.equal(rawequal(raised, constant), true)
        check.equal(raised:traceback(), nil)
    end
end
print("done")
