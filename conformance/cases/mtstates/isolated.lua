-- shows: What a state changes in its globals, libraries, string methods and metatables, no other state sees.
-- proves: newstate.isolated
-- edition: seed, 0.4
local check = require "check"
local mtstates = require "mtstates"

local changer = mtstates.newstate([[
    return function()
        mine = 1
        string.upper = function() return "changed" end
        math.pi = 3
        table.concat = nil
        package.loaded.math = "gone"
        package.preload.extra = function() return "extra" end
        print = nil
        getmetatable("").__index = function(s, key) return function() return "changed" end end
        _G.pairs = function() error("changed") end
        if debug and debug.setupvalue then
            for _, f in ipairs { tostring, type, string.rep, ipairs } do
                pcall(debug.setupvalue, f, 1, "changed")
            end
        end
        if debug and debug.setmetatable then
            pcall(debug.setmetatable, 1, { __index = function() return "changed" end })
            pcall(debug.setmetatable, nil, { __index = function() return "changed" end })
            pcall(debug.setmetatable, print, { __index = function() return "changed" end })
        end
        rawset(_G, "tostring", nil)
        return ("x"):lower()
    end
]])
check.equal(changer:call(), "changed")
local seen = [[
    return function()
        local list = {}
        list[#list + 1] = tostring(mine)
        list[#list + 1] = ("x"):upper()
        list[#list + 1] = tostring(math.pi > 3.1)
        list[#list + 1] = table.concat({ 1, 2 })
        list[#list + 1] = type(require("math"))
        list[#list + 1] = tostring((pcall(require, "extra")))
        list[#list + 1] = type(print)
        for _ in pairs({ 1 }) do list[#list + 1] = "pairs" end
        list[#list + 1] = string.rep("r", 2)
        list[#list + 1] = tostring((pcall(function() return (1).x end)))
        list[#list + 1] = tostring((pcall(function() local n = nil; return n.x end)))
        return table.concat(list, " ")
    end
]]
print(mtstates.newstate(seen):call())
local before = mtstates.newstate(seen)
changer = mtstates.newstate("string.rep = nil return print")
print(before:call())
print(("own"):upper(), mine, type(print))
