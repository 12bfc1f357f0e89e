-- shows: While a call waits inside of a state, other threads get concurrent_access; after a close they get object_closed.
-- proves: fault.closed_while_waiting, mtstates.error.concurrent_access, mtstates.error.object_closed, call.usable
local check = require "check"
local mtstates = require "mtstates"
local mtmsg = require "mtmsg"
local llthreads = require "llthreads2.ex"

local entered, go = mtmsg.newbuffer("entered"), mtmsg.newbuffer("go")
local state = mtstates.newstate("s", [[
    local mtmsg = require "mtmsg"
    return function(wait)
        if wait then
            mtmsg.buffer("entered"):addmsg("in")
            return (mtmsg.buffer("go"):nextmsg())
        end
        return "works"
    end
]])
local caller = llthreads.new([[
    local state = require("mtstates").state("s")
    return state:call(true)
]]):start()
check.equal(entered:nextmsg(), "in")
for _, method in ipairs { "call", "close" } do
    local err = check.fails(mtstates.error.concurrent_access, state[method], state)
    check.equal(err:details(), 'state in use: mtstates.state(name="s",id=' .. state:id() .. ")")
end
go:addmsg("done")
check.values({n = 2, true, "done"}, caller:join())
check.equal(state:call(), "works")

-- a thread that keeps trying until the state is closed by another one
local trying = llthreads.new([[
    local mtstates, mtmsg = require "mtstates", require "mtmsg"
    local state = mtstates.state("s")
    mtmsg.buffer("entered"):addmsg("trying")
    while true do
        local ok, err = pcall(state.call, state)
        if not ok and err ~= mtstates.error.concurrent_access then
            return err:name()
        end
    end
]]):start()
check.equal(entered:nextmsg(), "trying")
repeat
    local ok, err = pcall(state.close, state)
    assert(ok or err == mtstates.error.concurrent_access, err)
until ok
check.values({n = 2, true, "mtstates.error.object_closed"}, trying:join())
check.fails(mtstates.error.object_closed, state.call, state)
print(state:name())
