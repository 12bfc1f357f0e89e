-- shows: In a new state the table of globals is full, whatever looks at it first.
-- proves: base._G, base.pairs, base.next, base.rawget, base.getmetatable
local mtstates = require "mtstates"

local names = "assert error getmetatable ipairs load next pairs pcall print rawequal rawget rawset require select " ..
    "setmetatable tonumber tostring type xpcall string table math io os debug package _G _VERSION"

-- fresh runs code in a state of its own; the code is the first that uses any library there.
local function fresh(code, ...)
    local state = mtstates.newstate(true, "local names = ... " .. "return function(...) " .. code .. " end", names)
    print(code:match("%S[^\n]*"), state:call(...))
    state:close()
end

fresh [[ local n = 0 for k in pairs(_G) do n = n + 1 end
    local missing = 0
    for name in names:gmatch("%S+") do if _G[name] == nil then missing = missing + 1 end end
    return n > 25, missing ]]
fresh [[ local found = {} for k in pairs(_G) do found[k] = true end
    local missing = 0
    for name in names:gmatch("%S+") do if not found[name] then missing = missing + 1 end end
    return missing ]]
fresh [[ local found, k = {}, next(_G)
    while k ~= nil do found[k] = true k = next(_G, k) end
    return found.print, found.string, found._G, found.next ]]
fresh [[ local found = {} for k in next, _G do found[k] = true end return found.select, found.table ]]
fresh [[ return type(rawget(_G, "print")), type(rawget(_G, "string")), rawget(_G, "nothing") ]]
fresh [[ return getmetatable(_G), getmetatable(_G._G) ]]
fresh [[ local m = debug.getmetatable(_G) return m, debug.getmetatable(string), debug.getmetatable(debug) ]]
fresh [[ return type(next(_G)), #_G, _G[1], _G[true] ]]
fresh [[ return _G._G == _G, _G["string"] == string, rawget(_G, "_G") == _G, rawequal(_G, _G._G) ]]
fresh [[ for k in pairs(_G) do if type(k) ~= "string" then return k end end return "only names" ]]
