-- shows: Handles and errors cross as such, also in tables, into states that have not required the module.
-- proves: call.handles, mtstates.state:call, newstate.arguments
local check = require "check"
local mtstates = require "mtstates"
local mtmsg = require "mtmsg"

local echo = mtstates.newstate("return function(...) return ... end")

-- States: the handle works and keeps its state alive.
local counter = mtstates.newstate("counter", "local n = 0 return function() n = n + 1 return n end")
local user = mtstates.newstate(nil, [[
    local counter = ...
    return function(other) return (other or counter):call(), type(counter), getmetatable(counter), counter:name() end]], counter)
check.values({ n = 4, 1, "userdata", "mtstates.state", "counter" }, user:call())
check.equal(user:call(counter), 2)
local id = counter:id()
check.equal(echo:call(counter):id(), id)
check.equal(echo:call({ [{ counter }] = 1, h = { counter } }).h[1]:call(), 3)
counter = nil
collectgarbage()
check.equal(mtstates.state(id):call(), 4)
check.equal(user:call(), 5)

-- A state with its own handle, which cannot be called by itself.
local own = mtstates.newstate("return function(h) if h then return h:id(), pcall(h.call, h) end end")
local ownId, ok, err = own:call(own)
check.values({ n = 3, own:id(), false, mtstates.error.concurrent_access }, ownId, ok, err)

-- Buffers and listeners.
local buffer = mtmsg.newbuffer("b")
local sender = mtstates.newstate("return function(t) t.to:addmsg('hello', t.to) return t.to, t.listener:newbuffer('l'), mtmsg end")
local listener = mtmsg.newlistener()
local same, made, module = sender:call({ to = buffer, listener = listener })
check.equal(module, nil) -- it has no global mtmsg and did not require it
check.values({ n = 3, buffer:id(), "b", "mtmsg.buffer" }, same:id(), same:name(), mtmsg.type(same))
local text, itself = buffer:nextmsg(0)
check.values({ n = 2, "hello", buffer:id() }, text, itself:id())
made:addmsg("through the listener")
check.equal(listener:nextmsg(0), "through the listener")
check.equal(echo:call(listener):id(), listener:id())
same:nonblock(true)
check.equal(echo:call(same):isnonblock(), false) -- belongs to the reference

-- Errors: the constants, and errors with details.
local _, failure = pcall(mtstates.state, "nobody")
local list = echo:call({ mtstates.error.object_closed, failure, mtmsg.error.no_buffers })
check.equal(list[1], mtstates.error.object_closed)
check.equal(list[2], mtstates.error.unknown_object)
check.equal(list[2]:details(), 'state name "nobody"')
check.equal(list[3], mtmsg.error.no_buffers)
local judge = mtstates.newstate([[return function(e) return tostring(e), e:name(), e:details(), e == require("mtstates").error.unknown_object, require("mtstates").type(e) end]])
check.values({ n = 5, tostring(failure), "mtstates.error.unknown_object", 'state name "nobody"', true, "mtstates.error" }, judge:call(failure))
local thrower = mtstates.newstate("return function(e) error(e) end")
_, failure = pcall(thrower.call, thrower, failure)
check.equal(failure, mtstates.error.invoking_state)
check.contains(failure:details(), 'mtstates.error.unknown_object: state name "nobody"')

-- Writers, readers and other userdata do not cross.
check.fails("bad argument #1 to 'call' (type 'userdata' not supported)", echo.call, echo, mtmsg.newwriter())
check.fails("bad argument #1 to 'call' (type 'userdata' not supported at r)", echo.call, echo, { r = mtmsg.newreader() })
print("crossed")
