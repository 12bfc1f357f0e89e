-- shows: A suspended coroutine does not hold the arguments of its first resume that it has let go of.
-- proves: state.collect
-- needs: coroutines
-- edition: seed, 0.4
local check = require "check"
local mtstates = require "mtstates"

local thread = coroutine.create(function(state, ...)
    state = nil
    print(select("#", ...), ...)
    print("got", coroutine.yield("yielded"))
    return ...
end)
print(coroutine.resume(thread, mtstates.newstate("argument", true, "return print"), 1, nil, "x", nil))
collectgarbage()
check.fails(mtstates.error.unknown_object, mtstates.state, "argument")
print(coroutine.resume(thread, nil, 2))
print(coroutine.status(thread))
local wrapped = coroutine.wrap(function(...) return select("#", ...), ... end)
print(wrapped(nil, nil))
