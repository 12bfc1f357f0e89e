-- The smallest example: a state that counts.
local mtstates = require "mtstates"

local counter = mtstates.newstate("counter", function()
    local n = 0
    return function() n = n + 1 return n end
end)
print(counter:call(), counter:call())          -- 1  2
print(mtstates.state("counter"):call())        -- 3, and so from any thread
