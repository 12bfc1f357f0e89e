-- shows: package.loaded, package.preload and require know the standard libraries from the first use on.
-- proves: package.loaded, package.preload, package.require, newstate.libs
local mtstates = require "mtstates"

local function fresh(code, ...)
    local state
    if ... == false then
        state = mtstates.newstate(false, "return function() " .. code .. " end")
    else
        state = mtstates.newstate("return function() " .. code .. " end")
    end
    print(state:call())
    state:close()
end

fresh [[ return require "string" == string, require("table") == table, require("_G") == _G ]]
fresh [[ return package.loaded.string == string, package.loaded._G == _G, package.loaded.package == package ]]
fresh [[ local s = require "string" string = nil return s == require "string", s.rep("x", 2), string ]]
fresh [[ local n = 0 for name, library in pairs(package.loaded) do
        if type(library) ~= "table" or library ~= _G[name] then n = n + 1 end
    end return n ]]
fresh [[ package.loaded.string = nil return type(string), (pcall(require, "string")) ]]
fresh [[ package = nil return type(require "mtstates"), require "math" == math ]]
fresh [[ package.preload.mine = function(name) return "module " .. name end return require "mine" ]]
fresh [[ return type(package.preload.mtstates), type(package.preload.mtmsg), package.preload.nothing ]]
fresh [[ package.preload.mtstates = function() return "replaced" end return require "mtstates" ]]
fresh([[ return string, package.loaded.string, type(package.preload.string), getmetatable("") ]], false)
fresh([[ local s = require "string" return string, s.rep("x", 2), ("y"):rep(2), getmetatable("").__index == s ]], false)
fresh([[ local m = require "math" return math, m.floor(2.5), package.loaded.math == m, require "math" == m ]], false)
fresh([[ local n = 0 for k, v in pairs(_G) do if type(v) == "table" then n = n + 1 end end return n ]], false)
fresh([[ string = "mine" return string, require "string" ~= string ]], false)
fresh [[ return "10" + 5, "010" + 1, 1 .. 2 ]]
