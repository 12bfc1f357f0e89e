-- shows: A handle that was handed through tail calls is gone after one collection.
-- proves: state.collect
-- edition: seed, 0.4
local check = require "check"
local mtstates = require "mtstates"

local id
local function deep(n, state)
    if n == 0 then
        id = state:id()
        return nil
    end
    return deep(n - 1, state)
end
deep(40, mtstates.newstate("owned", "return print"))

collectgarbage()
check.gone(mtstates, "owned", id)
print("gone")
