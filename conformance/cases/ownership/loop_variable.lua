-- shows: A handle that was the variable of a loop is gone after one collection.
-- proves: state.collect
-- edition: seed, 0.4
local check = require "check"
local mtstates = require "mtstates"

local id
for i = 1, 3 do
    local state = mtstates.newstate(i == 3 and "owned" or nil, "return print")
    id = state:id()
end
local otherId
for _, state in ipairs { mtstates.newstate("other", "return print") } do
    otherId = state:id()
end
collectgarbage()
check.gone(mtstates, "other", otherId)

collectgarbage()
check.gone(mtstates, "owned", id)
print("gone")
