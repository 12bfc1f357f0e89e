-- shows: A stack overflow in a callback, a setup or a metamethod is out_of_memory; state and caller go on working.
-- proves: fault.overflow, mtstates.error.out_of_memory, call.usable, newstate.failure
local check = require "check"
local mtstates = require "mtstates"

local state = mtstates.newstate([[
    local function deep(n) return 1 + deep(n + 1) end
    local function wide(...) return wide(1, ...) + 1 end
    local meta = {}
    meta.__index = function(t, k) return t[k .. "x"] end
    return function(kind)
        if kind == "deep" then return deep(0) end
        if kind == "wide" then return wide() end
        if kind == "index" then return setmetatable({}, meta).x end
        if kind == "caught" then
            local ok, err = pcall(deep, 0)
            return ok, (tostring(err):find("stack overflow", 1, true)) ~= nil
        end
        return "works"
    end
]])
for i = 1, 2 do
    for _, kind in ipairs { "deep", "wide", "index" } do
        local err = check.fails(mtstates.error.out_of_memory, state.call, state, kind)
        check.contains(err:details(), "mtstates.state(id=" .. state:id() .. "): ")
        check.equal(state:call(), "works")
    end
    check.values({n = 2, false, true}, state:call("caught"))
end
check.fails(mtstates.error.out_of_memory, mtstates.newstate, "deep",
    "local function deep(n) return 1 + deep(n + 1) end deep(0)")
check.fails(mtstates.error.unknown_object, mtstates.state, "deep")

-- states in states without end: the process must not die of it
local nested = [[
    local source, depth = ...
    local mtstates = require "mtstates"
    return function()
        local inner = mtstates.newstate(nil, source, source)
        return 1 + inner:call()
    end
]]
local chain = mtstates.newstate(nil, nested, nested)
for i = 1, 2 do
    local err = check.fails(mtstates.error.invoking_state, chain.call, chain)
    check.contains(err:details(), "mtstates.error.out_of_memory: ")
end
local chainOfSetups = [[
    local source = ...
    return (require("mtstates").newstate(nil, source, source))
]]
check.contains(check.fails(mtstates.error.invoking_state, mtstates.newstate, nil, chainOfSetups, chainOfSetups):details(),
    "mtstates.error.out_of_memory: ")
print(state:call())
