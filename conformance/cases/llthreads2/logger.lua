-- shows: The logger runs in the state of a failed thread, before join returns, and threads of threads inherit it.
-- proves: llthreads2.set_logger, threads.logger, threads.logger_refused
-- edition: seed, 0.4
local check = require "check"
local llthreads = require "llthreads2"
local mtmsg = require "mtmsg"

local log = mtmsg.newbuffer("log")
local before = llthreads.new("error('too early', 0)")
llthreads.set_logger(function(text)
    require("mtmsg").buffer("log"):addmsg(where, text)
end)
local function line()
    local where, text = log:nextmsg(0)
    return where, text and text:match("^[^\n]*"), text and select(2, text:gsub("stack traceback:\n", ""))
end

check.equal(llthreads.new("where = 'thread' error('oops', 0)"):start():join(), false)
check.values({n = 3, "thread", "Error from thread: oops", 1}, line())
before:start():join() -- made before there was a logger
check.equal(line(), nil)
llthreads.new("return 1"):start():join() -- did not fail
check.equal(line(), nil)

-- Both names of the module share it, and threads of threads have it.
require("llthreads2.ex").new(function()
    require("llthreads2").new("where = 'inner' error('deep', 0)"):start():join()
end):start():join()
check.values({n = 3, "inner", "Error from thread: deep", 1}, line())

-- A thread may set its own; one that fails does no harm.
llthreads.new(function()
    require("llthreads2").set_logger(function() error("again") end)
    require("llthreads2").new("error('lost', 0)"):start():join()
    error("lost as well", 0)
end):start():join()
check.equal(line(), nil)

-- The logger that a thread sets gets its own errors, and nobody else's.
local inside = llthreads.new(function(log)
    require("llthreads2").set_logger(function(text) require("mtmsg").buffer("log"):addmsg("inside", text) end)
    error("own", 0)
end, log):start()
inside:join()
check.values({n = 3, "inside", "Error from thread: own", 1}, line())
llthreads.new("where = 'outside' error('other', 0)"):start():join()
check.values({n = 3, "outside", "Error from thread: other", 1}, line())

-- It runs also for a thread that was interrupted for good.
local endless = llthreads.new("while true do end"):start()
endless:interrupt(true)
endless:join()
check.values({n = 3, nil, "Error from thread: interrupted", 1}, line())

local up
check.fails("bad argument #1 to 'set_logger' (function has upvalue 'up')", llthreads.set_logger, function() return up end)
check.fails("bad argument #1 to 'set_logger' (lua function expected)", llthreads.set_logger, print)
check.fails("bad argument #1 to 'set_logger' (function expected, got number)", llthreads.set_logger, 1)
llthreads.new("error('still there', 0)"):start():join()
check.values({n = 3, nil, "Error from thread: still there", 1}, line())
llthreads.set_logger(nil)
llthreads.new("error('unlogged', 0)"):start():join()
check.equal(line(), nil)
print("logged")
