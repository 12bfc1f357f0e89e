-- shows: A collection leaves alone what is still referenced: by locals, tables, upvalues, other states, a running call.
-- proves: state.collect, mtstates.state
local check = require "check"
local mtstates = require "mtstates"

local made = mtstates.newstate("local", "return function() return 'local' end")
local second = mtstates.state("local")
local list = { mtstates.newstate("slot", "return function() return 'slot' end") }
local set = { [mtstates.newstate("key", "return function() return 'key' end")] = true }
local get
do
    local state = mtstates.newstate("upvalue", "return function() return 'upvalue' end")
    get = function() return state end
end
local outer = mtstates.newstate([[
    local inner = require("mtstates").newstate("inner", "return function() return 'inner' end")
    return function() return inner:call() end
]])
made = nil
for i = 1, 3 do
    collectgarbage()
    for _, name in ipairs { "local", "slot", "key", "upvalue", "inner" } do
        check.equal(mtstates.state(name):call(), name)
    end
end
local inCall = mtstates.newstate("running", [[
    return function() collectgarbage() return require("mtstates").state("running"):id() end
]])
check.equal(inCall:call(), inCall:id())
check.equal(mtstates.newstate("return function() collectgarbage() return 'temporary' end"):call(), "temporary")
check.equal(second:call() .. get():call(), "localupvalue")
print(outer:call(), #list, next(set):call())
