-- shows: Of threads that make a state of the same name, one gets it; the others get object_exists and find it.
-- proves: mtstates.error.object_exists, newstate.name, state.lookup
local check = require "check"
local mtstates = require "mtstates"
local mtmsg = require "mtmsg"
local llthreads = require "llthreads2.ex"

local start, made, finish = mtmsg.newbuffer("start"), mtmsg.newbuffer("made"), mtmsg.newbuffer("finish")
local threads = {}
for i = 1, 4 do
    threads[i] = llthreads.new([[
        local mtstates, mtmsg = require "mtstates", require "mtmsg"
        mtmsg.buffer("start"):nextmsg()
        local ok, state = pcall(mtstates.newstate, "one", "return function() return 'called' end")
        mtmsg.buffer("made"):addmsg(ok)
        if not ok then assert(state == mtstates.error.object_exists, state) end
        mtmsg.buffer("finish"):nextmsg()
        return ok, mtstates.state("one"):id(), ok and state:name()
    ]]):start()
end
for i = 1, 4 do start:addmsg("go") end
local winners = 0
for i = 1, 4 do if made:nextmsg() then winners = winners + 1 end end
check.equal(winners, 1)
local id = mtstates.state("one"):id()
for i = 1, 4 do finish:addmsg("go") end
for i = 1, 4 do
    local ok, won, found, name = threads[i]:join()
    check.equal(ok, true)
    check.equal(found, id)
    check.equal(name, won and "one")
end
print(winners)
