-- shows: A setup function runs with the globals of the new state; upvalues and Go functions are refused.
-- proves: mtstates.newstate, newstate.isolated, newstate.upvalue, newstate.gofunction, newstate.name
-- same VM: functions move only between states of one VM
-- edition: seed, 0.4
local check = require "check"
local mtstates = require "mtstates"

mine = 1
local state = mtstates.newstate(function(init)
    local list = { init }
    return function(x)
        list[#list + 1] = x
        return table.concat(list, " "), mine
    end
end, "a")
check.values({n = 2, "a b", nil}, state:call("b"))

local up = 1
check.fails("bad argument #1 to 'newstate' (function has upvalue 'up')", mtstates.newstate, function() return up end)
check.fails("bad argument #2 to 'newstate' (function has upvalue 'up')", mtstates.newstate, "name", function() return up end)
check.fails("bad argument #1 to 'newstate' (lua function expected)", mtstates.newstate, print)
check.equal(mtstates.newstate("name", function() return function() end end):name(), "name")
print(select(2, pcall(mtstates.newstate, print)))
