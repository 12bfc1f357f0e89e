-- shows: With libs false a state has the base functions and package; require brings the others.
-- proves: newstate.libs, newstate.modules
local check = require "check"
local mtstates = require "mtstates"

local base = mtstates.newstate(false, [[
    local names = { "string", "table", "math", "io", "os", "debug" }
    local before, after = {}, {}
    for i, name in ipairs(names) do
        before[i] = type(_G[name]) .. type(package.loaded[name]) .. type(package.preload[name])
    end
    local string = require "string"
    for i, name in ipairs(names) do
        local library = require(name)
        after[i] = type(library) .. type(package.loaded[name] == library)
    end
    local concat = require("table").concat
    before, after = concat(before, " "), concat(after, " ")
    return function() return before, after, string.rep("x", 3), ("y"):rep(2), type(print), type(package) end
]])
print(base:call())
-- without the library of strings, strings have no methods, and neither have errors
local bare = mtstates.newstate(false, [[
    local mtstates = require "mtstates"
    return function()
        local err = mtstates.error.object_closed
        return (pcall(function() return ("x"):rep(2) end)), err:name(), tostring(err), err .. "", err.rep
    end
]])
print(bare:call())
local all = mtstates.newstate("all", true, [[
    local names = { "mtstates", "mtmsg", "llthreads2", "llthreads2.ex", "check", "host" }
    for _, name in ipairs(names) do assert(type(require(name)) == "table") end
    return function() return type(string), type(io), type(os), type(math), type(table), type(debug) end
]])
check.values({n = 6, "table", "table", "table", "table", "table", "table"}, all:call())
