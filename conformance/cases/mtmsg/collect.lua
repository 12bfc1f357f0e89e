-- shows: A buffer without references is unknown after collectgarbage, and its name is free.
-- proves: buffer.collect
-- edition: seed, 0.4
local check = require "check"
local mtmsg = require "mtmsg"

local b = mtmsg.newbuffer("b")
local id = b:id()
b:addmsg("x")
b = nil
collectgarbage()
check.fails(mtmsg.error.unknown_object, mtmsg.buffer, id)
print(mtmsg.newbuffer("b"):name())
