-- shows: Threads get arguments, have their own globals and modules, and give results to join.
-- proves: llthreads2._VERSION, llthreads2.new, threads.new, threads.own, threads.os_exit, llthreads2.thread:start, threads.start, llthreads2.thread:join, threads.join
-- edition: seed, 0.4
local check = require "check"
local llthreads = require "llthreads2.ex"

mine = 1
local thread = llthreads.new(function(a, b)
    return a + b, mine, type(require("mtstates")), type(require("mtmsg")), type(require("llthreads2"))
end, 2, 3)
check.equal(thread:start(), thread)
check.values({n = 6, true, 5, nil, "table", "table", "table"}, thread:join())
check.values({n = 2, nil, "thread already started"}, thread:start())

check.values({n = 2, true, 7}, llthreads.new("return ...", 7):start():join())
check.values({n = 1, true}, llthreads.new("x = ..."):start():join())
check.values({n = 5, true, nil, false, "a\0\255", nil}, llthreads.new(function(...) return ... end, nil, false, "a\0\255", nil):start():join())
check.values({n = 2, true, 300}, llthreads.new(function(...) return select("#", ...) end, (table.unpack or unpack)({}, 1, 300)):start():join())
check.contains(llthreads.new("return 1"), "llthreads2.thread: 0x")
check.equal(getmetatable(thread), "llthreads2.thread")
check.equal(require("mtstates").type(thread), "llthreads2.thread")

-- Threads start threads.
check.values({n = 2, true, 42}, llthreads.new(function(n)
    return select(2, require("llthreads2").new("return 2 * ...", n):start():join())
end, 21):start():join())

-- os.exit does not end the process from inside of a thread.
check.values({n = 3, true, false, "os.exit is not available in this state"}, llthreads.new(function()
    local ok, message = pcall(os.exit, 3)
    return ok, message:match("os%.exit is.*")
end):start():join())
check.equal(llthreads._VERSION, require("mtstates")._VERSION)
print("joined")
