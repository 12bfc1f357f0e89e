-- shows: Call and return hooks are called for functions of both kinds, each with the function at level 2.
-- proves: debug.sethook, debug.sethook.calls

local names = setmetatable({[print] = "print", [pcall] = "pcall", [error] = "error", [string.gsub] = "gsub",
    [debug.sethook] = "sethook", [tostring] = "tostring", [setmetatable] = "setmetatable", [table.sort] = "sort",
    [ipairs] = "ipairs", [next] = "next", [math.floor] = "floor"}, {__index = function() return "?" end})
local depth, seen = 0, {}
local function hook(event, line)
    local f = debug.getinfo(2, "f").func
    seen[#seen + 1] = event .. " " .. names[f] .. (line and " line" or "")
end
local function trace(mask, f, ...)
    names[f] = "f"
    seen = {}
    debug.sethook(hook, mask)
    f(...)
    debug.sethook()
    print(mask, table.concat(seen, ", "))
end
local function g(...) return ... end
names[g] = "g"
local function h(n) if n > 0 then h(n - 1) end end
names[h] = "h"
trace("cr", function() end)
trace("c", function() g() g(1) end)
trace("r", function() g() g(1) end)
trace("cr", function() h(2) local x = math.floor(2.5) end)
trace("cr", function() local x = tostring(g(1)) pcall(g, 1) end)
trace("cr", function() ("ab"):gsub(".", g) end)
trace("cr", function() pcall(error, "x") g() end)
trace("cr", function()
    local t = setmetatable({}, {__index = g, __call = g, __add = g, __tostring = function(t) return "t" end})
    local x = t.a, t(1), t + 1
    x = tostring(t)
end)
trace("c", function() for i = 1, 2 do g(i) end end)
trace("cr", function() table.sort({2, 1}, function(a, b) return a < b end) end)
