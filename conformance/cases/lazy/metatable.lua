-- shows: The table of globals takes a metatable like any other table, which sees only names that are not there.
-- proves: base.setmetatable, base.setmetatable.protected, lua.meta.index
local mtstates = require "mtstates"

local function fresh(code)
    local state = mtstates.newstate("return function() " .. code .. " end")
    print(state:call())
    state:close()
end

fresh [[ local asked = {}
    setmetatable(_G, {__index = function(_, name) asked[#asked + 1] = name return "made " .. name end})
    local a, b, c = type(string), unknown, type(table.concat)
    return a, b, c, table.concat(asked, " ") ]]
fresh [[ local made = {}
    setmetatable(_G, {__newindex = function(t, name, value) made[#made + 1] = name rawset(t, name, value) end})
    print, string, fresh_name = 1, 2, 3
    return print, string, fresh_name, table.concat(made, " ") ]]
fresh [[ local m = {} setmetatable(_G, m) return getmetatable(_G) == m, type(math.floor) ]]
fresh [[ setmetatable(_G, {__metatable = "closed"}) return getmetatable(_G), (pcall(setmetatable, _G, nil)) ]]
fresh [[ setmetatable(_G, {}) setmetatable(_G, nil) return getmetatable(_G), type(os.time), nothing ]]
fresh [[ setmetatable(string, {__index = function(_, name) return "no " .. name end})
    return string.nothing, type(string.format), ("x").other, getmetatable(math) ]]
fresh [[ local env = setmetatable({}, {__index = _G})
    return type(env.string), type(env.print), env.nothing, rawget(env, "string") ]]
fresh [[ local env = setmetatable({}, {__index = string, __newindex = math})
    env.answer = 42
    return type(env.rep), env.nothing, math.answer, rawget(env, "answer") ]]
fresh [[ local t = setmetatable({}, string) return getmetatable(t) == string, t.rep ]]
fresh [[ return tostring(_G):match("^table: ") ~= nil, tostring(string):match("^table: ") ~= nil, _G == _G, string ~= table ]]
