-- shows: singleton finds a state by its name or makes it, once for all threads.
-- proves: mtstates.singleton, singleton.once, singleton.owns, singleton.failure, singleton.deadlock, state.owns
-- edition: seed, 0.4
local check = require "check"
local llthreads = require "llthreads2"
local mtmsg = require "mtmsg"
local mtstates = require "mtstates"

local one, first, second = mtstates.singleton("one", true, "local a = ... return function() return a end, a, 'made'", 7)
check.equal(first, 7)
check.equal(second, "made")
check.values({n = 1, one:id()}, mtstates.singleton("one", "error('not used')"):id())
check.equal(select("#", mtstates.singleton("one", "error('not used')")), 1)
check.equal(mtstates.state("one"):call(), 7)
check.equal(one:name(), "one")
check.equal(one:isowner(), true)
check.fails("bad argument #1 to 'singleton' (string expected, got no value)", mtstates.singleton)
check.fails("bad argument #2 to 'singleton'", mtstates.singleton, "x")
check.fails("bad argument #2 to 'singleton'", mtstates.singleton, "x", print)
check.fails("bad argument #3 to 'singleton' (type 'function' not supported)", mtstates.singleton, "x", "return print", print)

-- It lives as long as its handles.
local again = mtstates.singleton("one", "error('not used')")
one = nil
collectgarbage()
check.equal(again:call(), 7)
again = nil
collectgarbage()
check.fails(mtstates.error.unknown_object, mtstates.state, "one")
check.equal(mtstates.singleton("one", "return function() return 'anew' end"):call(), "anew")

-- A setup that fails.
check.fails("failed", mtstates.singleton, "two", "error('failed')")
check.fails(mtstates.error.state_result, mtstates.singleton, "two", "return 1")
check.equal(mtstates.singleton("two", "return function() return 2 end"):call(), 2)

-- Threads that ask for the same one at a time: one runs the setup, and all get the state.
local made, go = mtmsg.newbuffer("made"), mtmsg.newbuffer("go")
local threads = {}
for i = 1, 8 do
    threads[i] = llthreads.new(function(i)
        local mtstates = require "mtstates"
        local shared = mtstates.singleton("shared", [[
            local mtmsg = require "mtmsg"
            mtmsg.buffer("made"):addmsg()
            mtmsg.buffer("go"):nextmsg()
            local n = 0
            return function() n = n + 1 return n end]])
        require("mtmsg").buffer("made"):addmsg(shared:id())
        require("mtmsg").buffer("go"):nextmsg()
        return shared:id()
    end, i):start()
end
check.values({n = 0}, made:nextmsg())
go:addmsg()
local id = made:nextmsg()
for i = 2, 8 do
    check.values({n = 1, id}, made:nextmsg())
end
for i = 1, 8 do go:addmsg() end
for i = 1, 8 do
    check.values({n = 2, true, id}, threads[i]:join())
end

-- A setup that waits for its own singleton, or two for each other's, would wait for ever.
local err = check.fails(mtstates.error.deadlock, function()
    local _, ok, err = mtstates.singleton("self", [[
        local mtstates = require "mtstates"
        local ok, err = pcall(mtstates.singleton, "self", "return print")
        return print, ok, err]])
    check.equal(ok, false)
    error(err, 0)
end)
check.contains(err, 'mtstates.state(name="self",id=')
local function crossed(own, other)
    return llthreads.new([[
        local own, other = ...
        local mtstates = require "mtstates"
        local state, ok, err = mtstates.singleton(own, ([=[
            local mtmsg, mtstates = require "mtmsg", require "mtstates"
            mtmsg.buffer("made"):addmsg()
            mtmsg.buffer("go"):nextmsg()
            local ok, err = pcall(mtstates.singleton, %q, "return function() end")
            return function() end, ok, not ok and tostring(err)]=]):format(other))
        require("mtmsg").buffer("made"):addmsg()
        require("mtmsg").buffer("go"):nextmsg()
        return ok, err]], own, other):start()
end
local a, b = crossed("a", "b"), crossed("b", "a")
made:nextmsg()
made:nextmsg()
go:addmsg()
go:addmsg()
made:nextmsg()
made:nextmsg()
go:addmsg()
go:addmsg()
local _, okA, errA = a:join()
local _, okB, errB = b:join()
check.equal(okA ~= okB, true)
check.contains(errA or errB, "mtstates.error.deadlock: ")
check.contains(errA or errB, " waits for ")
print("single")
