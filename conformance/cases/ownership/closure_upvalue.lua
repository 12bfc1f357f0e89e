-- shows: A handle that is the upvalue of a dropped closure is gone after one collection.
-- proves: state.collect
-- edition: seed, 0.4
local check = require "check"
local mtstates = require "mtstates"

local id
do
    local state = mtstates.newstate("owned", "return print")
    id = state:id()
    local function f() return state:id() end
    check.equal(f(), id)
end
-- several upvalues, in a loop, and of functions in functions
local ids = {}
for i = 1, 3 do
    local a, b = mtstates.newstate("a" .. i, "return print"), mtstates.newstate("b" .. i, "return print")
    ids["a" .. i], ids["b" .. i] = a:id(), b:id()
    local function f()
        local function g() return a:id() + b:id() end
        return g()
    end
    check.equal(f(), a:id() + b:id())
end
local function make(state)
    return function() return state:id() end
end
ids.made = make(mtstates.newstate("made", "return print"))()
ids.assigned = (function()
    local state = mtstates.newstate("assigned", "return print")
    local id = state:id()
    local function drop() state = nil end
    drop()
    collectgarbage()
    check.gone(mtstates, "assigned", id)
    return id
end)()

collectgarbage()
check.gone(mtstates, "owned", id)
for name, id in pairs(ids) do
    check.gone(mtstates, name, id)
end
print("gone")
