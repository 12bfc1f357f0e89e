-- shows: What a thread holds is collected after its end, with or without join.
-- proves: threads.collect
-- edition: seed, 0.4
local check = require "check"
local llthreads = require "llthreads2"
local mtmsg = require "mtmsg"
local mtstates = require "mtstates"

local ids = mtmsg.newbuffer()
local function code(idsId)
    state = require("mtstates").newstate("return function() return 'here' end")
    require("mtmsg").buffer(idsId):addmsg(state:id())
    return function() return state end and 1
end
local function gone(id)
    collectgarbage()
    check.fails(mtstates.error.unknown_object, mtstates.state, id)
end

local thread = llthreads.new(code, ids:id()):start()
local id = ids:nextmsg()
thread:join()
gone(id) -- although the thread is still there

thread = llthreads.new(code, ids:id()):start()
id = ids:nextmsg()
repeat until not thread:alive()
collectgarbage()
check.equal(mtstates.state(id):call(), "here") -- the thread's results wait
thread = nil
gone(id)

thread = llthreads.new(code, ids:id()):start(false, false)
id = ids:nextmsg()
thread:join()
gone(id)

for i = 1, 100 do llthreads.new(code, ids:id()) end
thread = nil
collectgarbage()
print("collected")
