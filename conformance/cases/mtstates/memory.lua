-- shows: A stack overflow in a callback is out_of_memory, and the state goes on working.
-- proves: mtstates.error.out_of_memory, call.usable
local check = require "check"
local mtstates = require "mtstates"

local state = mtstates.newstate([[
    local function deep(n) return 1 + deep(n + 1) end
    return function(x) if x then return deep(0) end return "ok" end
]])
for i = 1, 2 do
    check.fails(mtstates.error.out_of_memory, state.call, state, true)
    check.equal(state:call(), "ok")
end
print(state:call())
