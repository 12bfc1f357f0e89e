-- shows: Two states that hold each other, one that holds itself, and a ring of three die after one collection.
-- proves: state.cycles
-- edition: seed, 0.4
local check = require "check"
local mtstates = require "mtstates"

local code = [[
    local other
    return function(id) other = require("mtstates").state(id) return other:id() end
]]
local function make(name) return mtstates.newstate(name, code) end

local a, b = make("a"), make("b")
local idA, idB = a:id(), b:id()
a:call(idB)
b:call(idA)

local itself = mtstates.newstate("itself", [[
    local me
    return function()
        me = require("mtstates").state("itself")
        return me:id()
    end
]])
local idItself = itself:id()
check.equal(itself:call(), idItself)

local x, y, z = make("x"), make("y"), make("z")
local idX, idY, idZ = x:id(), y:id(), z:id()
x:call(idY)
y:call(idZ)
z:call(idX)

collectgarbage()
check.equal(mtstates.state("a"):id(), idA)
check.equal(mtstates.state("itself"):id(), idItself)

a, b, itself, x, y, z = nil, nil, nil, nil, nil, nil
collectgarbage()
check.gone(mtstates, "a", idA)
check.gone(mtstates, "b", idB)
check.gone(mtstates, "itself", idItself)
check.gone(mtstates, "x", idX)
check.gone(mtstates, "y", idY)
check.gone(mtstates, "z", idZ)
print("gone")
