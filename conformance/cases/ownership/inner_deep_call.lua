-- shows: Handles deep in the finished calls of another state, in a recursion, its tail calls and its errors, are gone.
-- proves: state.collect
-- edition: seed, 0.4
local check = require "check"
local mtstates = require "mtstates"

local worker = mtstates.newstate([[
    local mtstates = require "mtstates"
    local function deep(n, how, state)
        if n == 0 then
            if how == "error" then error(state:id()) end
            return state:id()
        elseif how == "tail" then
            return deep(n - 1, how, state)
        end
        local id = deep(n - 1, how, state)
        return id
    end
    return function(name, how)
        local ok, id = pcall(deep, 100, how, mtstates.newstate(name, "return print"))
        return id
    end
]])
local ids = {}
for _, how in ipairs { "return", "tail", "error" } do
    ids[how] = worker:call(how, how)
end
collectgarbage()
for how, id in pairs(ids) do
    check.gone(mtstates, how, id)
end
print("gone")
