-- shows: A state that calls or closes itself is in use; afterwards it works.
-- proves: mtstates.error.concurrent_access, call.usable
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
print(state:call())
