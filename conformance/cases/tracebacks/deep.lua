-- shows: The traceback of a deep stack leaves out its middle.
-- proves: error.traceback
local mtstates = require "mtstates"

local state = mtstates.newstate([[
return function(depth)
    local function deep(n)
        if n == 0 then error("deep") end
        local result = deep(n - 1)
        return result
    end
    return (deep(depth))
end]])
for _, depth in ipairs { 1, 10, 17, 18, 19, 20, 21, 22, 25, 100 } do
    local ok, err = pcall(state.call, state, depth)
    print(depth, err:traceback())
end
