-- shows: What a state sets, replaces or removes among the standard names stays so, and other states do not see it.
-- proves: base.replace, base.rawset, package.loaded
local mtstates = require "mtstates"

local function fresh(code)
    local state = mtstates.newstate("return function() " .. code .. " end")
    print(state:call())
    state:close()
end

fresh [[ string = nil return string, rawget(_G, "string"), type(package.loaded.string), ("x"):rep(2) ]]
fresh [[ _G.string = nil local found for k in pairs(_G) do found = found or k == "string" end return found ]]
fresh [[ print = nil local n = 0 for k in pairs(_G) do if k == "print" then n = n + 1 end end return n, print ]]
fresh [[ local old = print print = nil local gone = print print = old return gone, print == old ]]
fresh [[ string.format = nil return string.format, rawget(string, "format"), ("x").format, type(string.rep) ]]
fresh [[ local f = string.format string.format = nil for k in pairs(string) do if k == "format" then return k end end
    return type(f), string.format ]]
fresh [[ string.rep = function() return "mine" end return ("x"):rep(3), string.rep() ]]
fresh [[ math.pi = 3 math.twice = function(x) return 2 * x end return math.pi, math.twice(4), type(math.floor) ]]
fresh [[ math.pi = nil return math.pi, rawget(math, "pi"), math["pi"] ]]
fresh [[ rawset(_G, "table", nil) return table, type(package.loaded.table) ]]
fresh [[ rawset(string, "len", nil) return string.len, ("x").len, #"abc" ]]
fresh [[ rawset(math, "floor", 1) return math.floor, rawget(math, "floor") ]]
fresh [[ local k = next(string) string[k] = nil return rawget(string, k) ]]
fresh [[ for k in pairs(table) do table[k] = nil end return next(table), table.concat, table.insert ]]
fresh [[ for k in pairs(_G) do if k ~= "next" and k ~= "_G" then _G[k] = nil end end
    return print, string, next(_G) ~= nil ]]
fresh [[ _G._G = nil return _G, type(print) ]]
fresh [[ next = nil local n = 0 for _ in pairs({1, 2}) do n = n + 1 end return n, next ]]
-- another state has everything
fresh [[ return type(print), type(string.format), ("x"):rep(2), type(math.pi), math.twice, type(table.concat) ]]
