-- shows: What is the same in all editions: id, singleton, tcall, tables and handles that cross, interrupts, closing.
-- proves: mtstates.id, mtstates.singleton, mtstates.state:tcall, mtstates.state:close, call.tables, close.final
-- edition: 0.4
-- with: interrupt
local check = require "check"
local mtmsg = require "mtmsg"
local mtstates = require "mtstates"

check.values({n = 1, nil}, mtstates.id())
local one, made = mtstates.singleton("one", "return function(...) return require('mtstates').id(), ... end, 'made'")
check.equal(made, "made")
check.equal(one:isowner(), true)
local found = mtstates.singleton("one", "error('not used')")
check.equal(found:isowner(), true)
check.values({n = 2, true, one:id()}, one:tcall(0))
one = nil
collectgarbage()
check.equal(found:call(), found:id())
found = nil
collectgarbage()
check.fails(mtstates.error.unknown_object, mtstates.state, "one")

local t = {list = {1, 2, 3}}
t.self = t
local state = mtstates.newstate("return function(t, b, s) return t, b, s, t.self == t, b:addmsg('sent') end")
local buffer = mtmsg.newbuffer()
local copy, sameBuffer, sameState, cycle = state:call(t, buffer, state)
check.equal(copy.self, copy)
check.equal(copy.list[3], 3)
check.equal(cycle, true)
check.equal(buffer:nextmsg(), "sent")
check.equal(sameBuffer:id(), buffer:id())
check.equal(sameState:id(), state:id())
state:interrupt()
check.fails(mtstates.error.interrupted, state.call, state, t, buffer)
state:close()
state:close()
check.fails(mtstates.error.object_closed, state.call, state)
check.fails(mtstates.error.object_closed, state.interrupt, state)
print("the same")
