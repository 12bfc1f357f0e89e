-- shows: A handle in a function that an error left, and one that was the error, are gone after one collection.
-- proves: state.collect
-- edition: seed, 0.4
local check = require "check"
local mtstates = require "mtstates"

local id
local ok, text = pcall(function()
    local state = mtstates.newstate("owned", "return print")
    id = state:id()
    error("left", 0)
end)
check.equal(text, "left")
local otherId
pcall(function()
    local state = mtstates.newstate("other", "return print")
    otherId = state:id()
    error(state)
end)
collectgarbage()
check.gone(mtstates, "other", otherId)

collectgarbage()
check.gone(mtstates, "owned", id)
print("gone")
