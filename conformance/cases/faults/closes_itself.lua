-- shows: A callback that closes its own state gets concurrent_access, and the state goes on working.
-- proves: fault.closes_itself, mtstates.error.concurrent_access, call.usable
local check = require "check"
local mtstates = require "mtstates"

local state = mtstates.newstate("s", [[
    local mtstates = require "mtstates"
    return function(kind)
        if kind == "caught" then
            local ok, err = pcall(function() mtstates.state("s"):close() end)
            return ok, err == mtstates.error.concurrent_access, err:details()
        elseif kind == "raised" then
            mtstates.state("s"):close()
        elseif kind == "through another" then
            local closer = mtstates.newstate("return function(id) require('mtstates').state(id):close() end")
            local ok, err = pcall(closer.call, closer, mtstates.state("s"):id())
            return ok, err == mtstates.error.invoking_state, err:find("concurrent_access", 1, true) ~= nil
        end
        return "works"
    end
]])
check.values({n = 3, false, true, 'state in use: mtstates.state(name="s",id=' .. state:id() .. ")"}, state:call("caught"))
check.values({n = 3, false, true, true}, state:call("through another"))
local err = check.fails(mtstates.error.invoking_state, state.call, state, "raised")
check.contains(err:details(), "mtstates.error.concurrent_access: state in use: ")
check.equal(state:call(), "works")

-- in its setup a state cannot find itself, so it cannot close itself either
local inSetup = mtstates.newstate("t", [[
    local mtstates = require "mtstates"
    local ok, err = pcall(mtstates.state, "t")
    return function() return ok, err == mtstates.error.unknown_object, err:details() end
]])
check.values({n = 3, false, true, 'state name "t"'}, inSetup:call())
state:close()
check.fails(mtstates.error.object_closed, state.call, state)
print(inSetup:call())
