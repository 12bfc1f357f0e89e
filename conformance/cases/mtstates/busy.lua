-- shows: A state that calls or closes itself is in use; afterwards it works.
-- proves: mtstates.error.concurrent_access, call.usable, call.busy, tcall.timeout
local check = require "check"
local mtstates = require "mtstates"

local state = mtstates.newstate("self", [[
    local mtstates = require "mtstates"
    return function(what)
        if not what then return "ok" end
        local me = mtstates.state("self")
        local ok, err = pcall(me[what], me)
        return err == mtstates.error.concurrent_access, err:details()
    end
]])
for _, what in ipairs { "call", "close" } do
    local same, details = state:call(what)
    check.equal(same, true)
    check.equal(details, 'state in use: mtstates.state(name="self",id=' .. state:id() .. ")")
end
check.equal(state:call(), "ok")

-- So is one that is called through others.
local first = mtstates.newstate("first", [[
    local mtstates = require "mtstates"
    return function(last)
        if last then return last end
        return mtstates.state("second"):call()
    end]])
local second = mtstates.newstate("second", [[
    local mtstates = require "mtstates"
    return function()
        local first = mtstates.state("first")
        local called, err = pcall(first.call, first, "last")
        local timed = first:tcall(0, "last")
        return called, err == mtstates.error.concurrent_access, timed
    end]])
check.values({n = 3, false, true, false}, first:call())
check.values({n = 3, false, true, false}, first:call())
check.equal(first:call("last"), "last")
print(state:call())
