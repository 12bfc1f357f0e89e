-- shows: A handle that is the upvalue of a dropped closure is gone after one collection.
-- proves: state.collect
local check = require "check"
local mtstates = require "mtstates"

local id
do
    local state = mtstates.newstate("owned", "return print")
    id = state:id()
    local function f() return state:id() end
    check.equal(f(), id)
end

collectgarbage()
check.gone(mtstates, "owned", id)
print("gone")
