-- shows: Functions with other globals see the standard names only through them.
-- proves: base.load.env
local mtstates = require "mtstates"

local function fresh(code)
    local state = mtstates.newstate("return function() " .. code .. " end")
    print(state:call())
    state:close()
end

fresh [[ return load("return string, print", "=x", "t", {})() ]]
fresh [[ return load("return type(string), type(print), nothing", "=x", "t", setmetatable({type = type}, {__index = _G}))() ]]
fresh [[ local env = setmetatable({}, {__index = _G})
    load("x = 1 string = 2 return x, string", "=x", "t", env)()
    return env.x, env.string, x, type(string) ]]
fresh [[ local env = setmetatable({}, {__index = _G, __newindex = _G})
    load("x = 1 math = 2", "=x", "t", env)()
    return rawget(env, "x"), x, math, rawget(_G, "math") ]]
fresh [[ return load("return type(math.floor)")() ]]
