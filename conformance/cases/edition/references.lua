-- shows: mtstates.state returns handles that do not own the state, so it closes with its last owner.
-- proves: state.refers, isowner.made, mtstates.state:isowner, call.handles
-- edition: 0.4
local check = require "check"
local mtmsg = require "mtmsg"
local mtstates = require "mtstates"

local owner = mtstates.newstate("s", "return function(...) return 'called', ... end")
local reference = mtstates.state("s")
check.equal(owner:isowner(), true)
check.equal(reference:isowner(), false)
check.equal(mtstates.state(owner:id()):isowner(), false)
check.equal(mtstates.type(reference), "mtstates.state")
check.equal(getmetatable(reference), "mtstates.state")
check.equal(tostring(reference), tostring(owner))
check.values({n = 2, "called", 1}, reference:call(1))
check.values({n = 3, true, "called", 2}, reference:tcall(0, 2))

-- A handle that crosses is what it was.
local other, passed = mtstates.newstate([[
    local kept
    return function(handle)
        kept = handle
        return handle:isowner(), handle
    end, true]])
local owns, back = other:call(reference)
check.equal(owns, false)
check.equal(back:isowner(), false)
owns, back = other:call(owner)
check.equal(owns, true)
check.equal(back:isowner(), true)
other:call(reference)

-- A buffer's notifier does not own the state either, when it got such a handle.
local buffer = mtmsg.newbuffer()
buffer:notifier(reference)
buffer:addmsg("notified")

-- A copy of the owner, also in another state, keeps it alive; references do not.
local id = owner:id()
owner = nil
collectgarbage()
check.values({n = 1, "called"}, reference:call())
back = nil
collectgarbage()
local err = check.fails(mtstates.error.object_closed, reference.call, reference)
check.contains(err, 'mtstates.state(name="s",id=' .. id .. ")")
check.fails(mtstates.error.object_closed, reference.tcall, reference, 0)
check.fails(mtstates.error.unknown_object, mtstates.state, "s")
check.fails(mtstates.error.unknown_object, mtstates.state, id)
check.equal(reference:id(), id)
check.equal(reference:name(), "s")
check.contains(tostring(reference), '(name="s",id=' .. id .. ")")
check.equal(reference:isowner(), false)
reference:close() -- it is closed
buffer:addmsg("nobody")
buffer:notifier(nil)

-- Closing ends all handles.
local closed = mtstates.newstate("closed", "return print")
reference = mtstates.state("closed")
reference:close()
check.fails(mtstates.error.object_closed, closed.call, closed)
check.equal(closed:isowner(), true)
print("references")
