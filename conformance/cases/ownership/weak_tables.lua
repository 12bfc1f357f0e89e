-- shows: Weak tables give up handles that nothing else refers to, and then their states are gone.
-- proves: state.collect, lua.weak.keys, lua.weak.values
-- needs: weaktables
-- edition: seed, 0.4
local check = require "check"
local mtstates = require "mtstates"

local code = "return function() return 1 end"
local values, keys = setmetatable({}, {__mode = "v"}), setmetatable({}, {__mode = "k"})
local kept = mtstates.newstate("kept", code)
local ids = {}
local function fill()
    for i = 1, 5 do
        local state = mtstates.newstate("value " .. i, code)
        values[i], ids["value " .. i] = state, state:id()
        state = mtstates.newstate("key " .. i, code)
        keys[state], ids["key " .. i] = {state}, state:id()
    end
    values.kept, keys[kept] = kept, {kept}
end
fill()
collectgarbage()
for name, id in pairs(ids) do
    check.gone(mtstates, name, id)
end
check.equal(values.kept, kept)
check.equal(keys[kept][1], kept)
check.equal(values[1], nil)

-- Weak tables of a state that is idle meanwhile.
local idle = mtstates.newstate([[
    local mtstates = require "mtstates"
    local cache = setmetatable({}, {__mode = "v"})
    local kept = mtstates.newstate("inner kept", "return print")
    return function(what)
        if what == "fill" then
            cache[1], cache[2], cache[3] = kept, mtstates.newstate("inner", "return print"), {}
            return cache[2]:id()
        end
        return cache[1] == kept, cache[2] == nil, cache[3] == nil
    end
]])
local id = idle:call("fill")
collectgarbage()
check.gone(mtstates, "inner", id)
print(idle:call())
print(mtstates.state("inner kept"):name())

-- A state in a weak table that refers to itself, in a weak table and otherwise.
local function ring()
    local state = mtstates.newstate("ring", [[
        local own = setmetatable({}, {__mode = "v"})
        local ring
        return function()
            ring = require("mtstates").state("ring")
            own[1] = ring
        end
    ]])
    state:call()
    values.ring = state
    return state:id()
end
id = ring()
collectgarbage()
check.gone(mtstates, "ring", id)
print(values.ring)
