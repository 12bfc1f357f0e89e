-- shows: Every reference keeps its buffer or listener alive, ids are never used again, and parts of messages stay in their state.
-- proves: mtmsg.buffer, mtmsg.listener, buffer.lookup, listener.lookup, buffer.id, listener.id, listener.abort, writer.add, mtmsg.time, buffer.close
-- edition: seed, 0.4
local check = require "check"
local mtmsg = require "mtmsg"
local mtstates = require "mtstates"

-- A reference that a look-up returned is as good as the first one.
for new, find in pairs { [mtmsg.newbuffer] = mtmsg.buffer, [mtmsg.newlistener] = mtmsg.listener } do
    for _, by in ipairs { "name", "id" } do
        local first = new("kept")
        local second = find(first[by](first))
        local id = first:id()
        first = nil
        collectgarbage()
        check.equal(second:id(), id)
        check.equal(find("kept"):id(), id)
        check.equal(find(id):name(), "kept")
        second:close()
        check.fails(".error.unknown_object", find, "kept")
    end
end

-- Ids, also of what is gone.
local seen, listener = {}, mtmsg.newlistener()
for i = 1, 50 do
    for _, made in ipairs { mtmsg.newbuffer(), mtmsg.newlistener(), listener:newbuffer() } do
        check.equal(seen[made:id()], nil)
        seen[made:id()] = true
        if i % 2 == 0 then made:close() end
    end
    if i % 10 == 0 then collectgarbage() end
end

-- An aborted listener does not abort its buffers, nor an aborted buffer its listener.
local buffer = listener:newbuffer()
listener:abort()
check.equal(buffer:isabort(), false)
buffer:addmsg("by the buffer")
check.equal(buffer:nextmsg(), "by the buffer")
buffer:addmsg("stays")
check.fails(".error.operation_aborted", listener.nextmsg, listener)
listener:abort(false)
check.equal(listener:nextmsg(), "stays")

-- A buffer keeps the state alive that it notifies.
local told = mtmsg.newbuffer()
local id
do
    local state = mtstates.newstate("notified", true, "local told = ... return function() told:addmsg('notified') end", told)
    id = state:id()
    buffer:notifier(state)
end
collectgarbage()
buffer:addmsg(1)
check.equal(told:nextmsg(0), "notified")
check.equal(mtstates.state(id):name(), "notified")
buffer:notifier(nil)
collectgarbage()
check.fails(".error.unknown_object", mtstates.state, id)

-- Writers and readers belong to the state that made them.
local echo = mtstates.newstate("return function(...) return ... end")
for _, part in ipairs { mtmsg.newwriter(), mtmsg.newreader() } do
    check.fails("bad argument #1 to 'call' (type 'userdata' not supported)", echo.call, echo, part)
    check.fails("bad argument #1 to 'addmsg' (type 'userdata' not supported)", buffer.addmsg, buffer, part)
end
local maker = mtstates.newstate("local mtmsg = require 'mtmsg' return function(what) return mtmsg[what]() end")
check.fails("type 'userdata' not supported", maker.call, maker, "newwriter")
check.fails("type 'userdata' not supported", maker.call, maker, "newreader")

-- What names a closed object answers still.
buffer = mtmsg.newbuffer("closed")
id = buffer:id()
buffer:close()
check.values({ n = 2, id, "closed" }, buffer:id(), buffer:name())
check.contains(tostring(buffer), '(name="closed",id=' .. id .. ")")
buffer:close()

-- The clock is that of os.time, with a fraction.
local before = os.time()
local now = mtmsg.time()
check.equal(now >= before and now < os.time() + 1, true)
local fraction = false
for _ = 1, 1000 do
    now = mtmsg.time()
    fraction = fraction or now ~= math.floor(now)
end
check.equal(fraction, true)
print("kept")
