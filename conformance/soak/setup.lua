local mtstates, mtmsg, llthreads = require "mtstates", require "mtmsg", require "llthreads2"

local does = {}

function does.sum(n)
    local sum = 0
    for i = 1, n do sum = sum + i end
    return sum
end

function does.fail() error({ "failed" }) end

function does.bomb()
    local kept = {}
    while true do kept[#kept + 1] = { tostring(kept) } end
end

function does.loop() while true do end end

function does.wait() return mtmsg.newbuffer():nextmsg() end

function does.coroutines()
    local yielded = 0
    for i = 1, 50 do
        for j in coroutine.wrap(function() for j = 1, 10 do coroutine.yield(j) end end) do yielded = yielded + 1 end
        coroutine.resume(coroutine.create(coroutine.yield)) -- is never ended
    end
    return yielded
end

function does.messages()
    local buffer = mtmsg.newbuffer()
    for i = 1, 20 do buffer:addmsg(i, ("x"):rep(1000), { i }) end
    local listener = mtmsg.newlistener()
    listener:newbuffer():addmsg("kept")
    local sum = 0
    for i = 1, 20 do sum = sum + buffer:nextmsg() end
    return sum
end

function does.thread()
    local thread = llthreads.new("local n = ... return n + 1", 1)
    return select(2, assert(thread:start():join()))
end

function does.nested()
    local inner = mtstates.newstate("return function(x) return x + 1 end")
    local result = inner:call(41)
    if result % 2 == 0 then inner:close() end
    return result
end

return function(what, ...) return does[what](...) end
