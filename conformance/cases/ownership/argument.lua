-- shows: A handle that was the argument of a finished call is gone after one collection.
-- proves: state.collect
-- edition: seed, 0.4
local check = require "check"
local mtstates = require "mtstates"

local id
local function f(a, b, ...)
    id = b:id()
    return select("#", ...)
end
f(1, mtstates.newstate("owned", "return print"), 3, 4)
local otherId
local function g(...)
    otherId = (select(3, ...)):id()
end
g(1, 2, mtstates.newstate("other", "return print"), 4, 5, 6)
collectgarbage()
check.gone(mtstates, "other", otherId)

collectgarbage()
check.gone(mtstates, "owned", id)
print("gone")
