-- shows: What detached and joinable mean for join.
-- proves: threads.modes, llthreads2.thread:detached, threads.detached, llthreads2.thread:joinable, threads.joinable
-- edition: seed, 0.4
local check = require "check"
local llthreads = require "llthreads2"

local function modes(thread) return thread:detached(), thread:joinable() end
local function start(code, ...) return llthreads.new(code):start(...) end

local thread = llthreads.new("return 1, 2")
check.values({n = 2, false, false}, modes(thread))
check.values({n = 2, false, true}, modes(thread:start()))
check.values({n = 3, true, 1, 2}, thread:join())
check.values({n = 2, false, true}, modes(thread))

thread = start("return 1, 2", false, true)
check.values({n = 2, false, true}, modes(thread))
check.values({n = 3, true, 1, 2}, thread:join())

thread = start("return 1, 2", false, false)
check.values({n = 2, false, false}, modes(thread))
check.values({n = 2, true, 0}, thread:join())
check.values({n = 2, nil, "can't join a thread that has already been joined"}, thread:join())

thread = start("return 1, 2", true)
check.values({n = 2, true, false}, modes(thread))
check.values({n = 2, nil, "can't join a thread that has been detached"}, thread:join())
check.values({n = 2, nil, "can't join a thread that has been detached"}, thread:join(0))

thread = start("return 1, 2", true, true)
check.values({n = 2, true, true}, modes(thread))
check.values({n = 3, true, 1, 2}, thread:join())
thread = start("error('oops', 0)", true, true)
check.equal(thread:join(), false)

thread = start("return 1", nil, nil)
check.values({n = 2, false, true}, modes(thread))
check.values({n = 2, true, 1}, thread:join())
check.fails("bad argument #2 to 'start' (boolean expected, got string)", thread.start, thread, "yes")
check.fails("bad argument #1 to 'start' (boolean expected, got string)", function() thread:start("yes") end)
print("as the table says")
