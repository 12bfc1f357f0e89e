-- shows: Each kind of value crosses between states of whichever VMs and comes back the same, light userdata by identity.
-- proves: call.values, call.unsupported, newstate.arguments
-- edition: seed, 0.4
local check = require "check"
local mtstates = require "mtstates"
local host = require "host"

local echo, kinds = mtstates.newstate(nil, [[
    local host = require "host"
    local function kinds(...)
        local list = {}
        for i = 1, select("#", ...) do list[i] = type((select(i, ...))) end
        return table.concat(list, " ")
    end
    local setup = kinds(...)
    return function(what, ...)
        if what == "kinds" then return kinds(...) end
        if what == "light" then return host.light("a") == ..., host.light("b") == ..., ({ [host.light("a")] = 1 })[...] end
        if what == "give" then return host.light("mine") end
        if what == "functions" then return 1, 2, print end
        if what == "userdata" then return io.stdout end
        return ...
    end, setup
]], nil, true, 1, "x", host.light("a"))
print(kinds)
print(echo:call("kinds", nil, false, 0.5, "", host.light("a"), nil))
print(echo:call("light", host.light("a")))
check.equal(echo:call("echo", host.light("a")), host.light("a"))
check.equal(echo:call("give"), host.light("mine"))
check.equal(({ [host.light("mine")] = "found" })[echo:call("give")], "found")
check.equal(mtstates.type(echo:call("give")), "userdata")

for _, n in ipairs { 0, 1, -1, 0.1, 1e308, -1e-308, 2^53, -2^53, 1/0, -1/0, 5e-324 } do
    check.equal(echo:call("echo", n), n)
end
local one, huge = 1, 1 / 0
local zero = -one / huge -- a constant -0.0 is 0 on some VMs
check.equal(1 / echo:call("echo", zero), -1/0)
local nan = echo:call("echo", 0/0)
check.equal(nan ~= nan, true)
check.values({n = 4, nil, nil, false, nil}, echo:call("echo", nil, nil, false, nil))
check.equal(#echo:call("echo", ("\0\255"):rep(500)), 1000)
check.equal(echo:call("echo", "12"), "12")
check.equal(echo:call("echo", 12), 12)

for _, what in ipairs { "functions", "userdata" } do
    local err = check.fails(mtstates.error.state_result, echo.call, echo, what)
    print(check.details(err))
end
