-- shows: A setup that looks its own state up, by name or by guessed id, gets unknown_object; afterwards it is found.
-- proves: fault.setup_lookup, state.setup, mtstates.error.unknown_object
local check = require "check"
local mtstates = require "mtstates"

local before = mtstates.newstate("return print"):id()
local state, byName, byId = mtstates.newstate("s", [[
    local before = ...
    local mtstates = require "mtstates"
    local found, err = pcall(mtstates.state, "s")
    local byName = not found and err == mtstates.error.unknown_object
    local byId = true
    for id = before + 1, before + 100 do
        local found, other = pcall(mtstates.state, id)
        byId = byId and (not found or other:name() ~= "s")
    end
    return function() return mtstates.state("s"):id() end, byName, byId
]], before)
check.equal(byName, true)
check.equal(byId, true)
check.equal(state:call(), state:id())
print(byName, byId)
