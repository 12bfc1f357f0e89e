-- shows: Functions of libraries cross into threads and back, as those that each state has under the same name.
-- proves: threads.functions
-- edition: seed, 0.4
local check = require "check"
local llthreads = require "llthreads2"
local mtmsg = require "mtmsg"

local function roundtrip(...)
    return select(2, llthreads.new(function(...) return ... end, ...):start():join())
end

-- They are the thread's own.
check.values({n = 5, true, true, true, true, true}, llthreads.new(function(p, format, floor, insert)
    local t = {}
    insert(t, 1)
    return p == print, format == string.format, format("%d", floor(1.5)) == "1", t[1] == 1
end, print, string.format, math.floor, table.insert):start():join())
for _, f in ipairs {print, pcall, type, next, string.rep, string.gsub, os.time, io.write, table.concat, math.sin, debug.traceback, require,
    setmetatable, tostring, string.dump, debug.getinfo, package.searchpath or print, coroutine and coroutine.wrap or print} do
    check.equal(roundtrip(f), f)
end

-- Also in tables, as keys, several times, and those of modules.
local t = roundtrip {handlers = {open = io.open, [print] = "print"}, list = {math.max, math.max}}
check.equal(t.handlers.open, io.open)
check.equal(t.handlers[print], "print")
check.equal(t.list[1], math.max)
check.equal(t.list[2], math.max)
check.values({n = 2, true, "own"}, llthreads.new(function(newbuffer)
    local b = newbuffer()
    b:addmsg("own")
    return (b:nextmsg())
end, mtmsg.newbuffer):start():join())
check.values({n = 2, true, true}, llthreads.new("return ... == require('llthreads2').new", llthreads.new):start():join())
check.equal(select(2, llthreads.new({"return (...)(...)", prelude = "return ..."}, type):start():join()), "function")

-- A thread that gets a function where a script has put something else has what its own state has.
local original = print
print = string.rep
check.values({n = 2, true, true}, llthreads.new("return ... == string.rep", print):start():join())
short = table.concat
check.values({n = 2, true, true}, llthreads.new("return ... == table.concat", short):start():join())
print = function() end
check.fails("bad argument #2 to 'new' (type 'function' not supported)", llthreads.new, "", print)
print = original

-- One that the other state lacks raises an error.
local ok, f = llthreads.new("local f = string.rep string.rep = f string = nil return f"):start():join()
check.equal(f, string.rep)
local rep = string.rep
string.rep = nil
ok, f = llthreads.new("return string.rep"):start():join()
check.equal(ok, true)
check.fails("string.rep is not available in this state", f)
string.rep = rep

-- Other functions stay where they are.
for _, f in ipairs {function() end, string.gmatch("", ""), coroutine and coroutine.wrap(print), load and load("return 1"), getmetatable} do
    if f ~= getmetatable then
        check.fails("bad argument #3 to 'new' (type 'function' not supported at [1])", llthreads.new, "", 1, {f})
    end
end
local mtstates = require "mtstates"
local state = mtstates.newstate("return function() return print end")
check.fails("type 'function' not supported", state.call, state, print)
check.fails("type 'function' not supported", state.call, state)
print("as their names")
