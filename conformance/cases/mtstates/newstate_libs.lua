-- shows: With libs false a state has the base functions and package; require brings the others.
-- proves: newstate.libs, newstate.modules
local check = require "check"
local mtstates = require "mtstates"

local base = mtstates.newstate(false, [[
    local before = tostring(string) .. tostring(table) .. tostring(io) .. type(print) .. type(package)
    local string = require "string"
    return function() return before, string.rep("x", 3), ("y"):rep(2) end
]])
check.values({n = 3, "nilnilnilfunctiontable", "xxx", "yy"}, base:call())
local all = mtstates.newstate("all", true, [[
    local names = { "mtstates", "mtmsg", "llthreads2", "llthreads2.ex", "check" }
    for _, name in ipairs(names) do assert(type(require(name)) == "table") end
    return function() return type(string), type(io), type(os), type(math), type(table), type(debug) end
]])
check.values({n = 6, "table", "table", "table", "table", "table", "table"}, all:call())
print(base:call())
