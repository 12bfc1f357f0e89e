-- shows: setfenv and getfenv work with the table of globals before anything else has used it.
-- proves: base.setfenv, base.getfenv
-- needs: fenv
local mtstates = require "mtstates"

local function fresh(code)
    local state = mtstates.newstate("return function() " .. code .. " end")
    print(state:call())
    state:close()
end

fresh [[ return getfenv(1) == _G, getfenv() == _G, getfenv(print) == _G, getfenv(string.rep) == _G ]]
fresh [[ local n = 0 for k in pairs(getfenv(1)) do n = n + 1 end return n > 25 ]]
fresh [[ setfenv(1, setmetatable({}, {__index = _G})) x = 1 return type(string), x, _G.x ]]
fresh [[ local f = setfenv(function() return string, print end, {}) return f() ]]
fresh [[ local f = setfenv(function() return type(string.rep) end, setmetatable({}, {__index = _G})) return f() ]]
fresh [[ return (pcall(setfenv, print, {})), (pcall(debug.setfenv, print, {})), debug.getfenv(print) == _G ]]
