-- shows: After collectgarbage a state without references is unknown and its name free, also in cycles.
-- proves: state.collect, state.cycles
-- edition: seed, 0.4
local check = require "check"
local mtstates = require "mtstates"

local code = [[
    local other
    return function(id) other = require("mtstates").state(id) end
]]
local function gone(id)
    collectgarbage()
    return check.is(select(2, pcall(mtstates.state, id)), mtstates.error.unknown_object)
end

local a = mtstates.newstate("a", code)
local id = a:id()
assert(not gone(id))
a = nil
assert(gone(id))
a = mtstates.newstate("a", code)
a:close()

local x, y, z = mtstates.newstate(code), mtstates.newstate(code), mtstates.newstate(code)
local ids = { x:id(), y:id(), z:id() }
x:call(ids[2])
y:call(ids[1])
local ok = pcall(z.call, z, ids[3])
assert(not gone(ids[1]))
x, y, z = nil, nil, nil
for _, id in ipairs(ids) do
    assert(gone(id), id)
end
print("gone")
