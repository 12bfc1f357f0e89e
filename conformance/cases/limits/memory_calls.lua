-- shows: What many short calls keep, and tables that cross, count as much as what one call makes.
-- proves: limit.memory, call.limits
-- needs: limits
-- with: memory
-- edition: seed, 0.4
local check = require "check"
local mtstates = require "mtstates"

local setup = [[
    local kept = {}
    return function(value)
        if value == nil then kept = {} else kept[#kept + 1] = value end
        return #kept
    end
]]
local table = {}
for i = 1, 1000 do table[i] = {i} end
local values = {
    string = function(i) return ("x"):rep(1000) .. i end,
    table = function() return table end,
}
for _, name in ipairs { "string", "table" } do
    local state, i = mtstates.newstate(setup), 0
    local ok, err
    repeat
        i = i + 1
        ok, err = pcall(state.call, state, values[name](i))
    until not ok or i > 20000
    check.equal(ok, false)
    check.equal(check.is(err, mtstates.error.out_of_memory), true)
    -- What it keeps still counts, until it lets go.
    check.equal(state:call(), 0)
    check.equal(state:call(values[name](0)), 1)
    print(name)
end
