-- shows: A handle that was deep in a recursion is gone after one collection.
-- proves: state.collect
-- edition: seed, 0.4
local check = require "check"
local mtstates = require "mtstates"

local id
local function deep(n, state)
    if n == 0 then
        id = state:id()
    else
        deep(n - 1, state)
    end
    return nil
end
deep(40, mtstates.newstate("owned", "return print"))

collectgarbage()
check.gone(mtstates, "owned", id)
print("gone")
