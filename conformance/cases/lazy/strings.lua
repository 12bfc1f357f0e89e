-- shows: Strings have their methods and their metatable from the first use on.
-- proves: string.rep, base.getmetatable, lua.coercions
local mtstates = require "mtstates"

local function fresh(code)
    local state = mtstates.newstate("return function() " .. code .. " end")
    print(state:call())
    state:close()
end

fresh [[ return ("x"):rep(2) ]]
fresh [[ return type(("abc").len), type(("abc").upper), ("abc").nothing == nil and "nothing" ]]
fresh [[ return getmetatable("").__index == string, getmetatable("x") == getmetatable("y") ]]
fresh [[ local names = {} for k in pairs(getmetatable("")) do names[#names + 1] = k end
    return table.concat(names, " "), (next(getmetatable(""))), getmetatable(getmetatable("")) ]]
fresh [[ getmetatable("").__index = function(s, i) return s .. i end return ("x").y, ("x")[1], string.rep("z", 2) ]]
fresh [[ getmetatable("").__call = function(s, n) return s:rep(n) end return ("ab")(2) ]]
fresh [[ getmetatable("").__add = function(a, b) return "sum" end return "x" + 1 ]]
fresh [[ string = nil return ("x"):rep(2), ("%d"):format(7) ]]
fresh [[ string = {rep = function() return "not mine" end} return ("x"):rep(2), string.rep() ]]
fresh [[ return "10" + 5, "010" + 1, "0x10" * 2, 10 - "3", -"2", "3" ^ 2, "7" % 4, " 8 " / 2 ]]
fresh [[ return (pcall(function() return "x" + 1 end)), (pcall(function() return {} + "1" end)) ]]
fresh [[ local t = setmetatable({}, {__add = function(a, b) return "table's", type(a), type(b) end})
    return "10" + t, t + "10" ]]
