-- shows: load with an environment gives the chunk that table as its globals.
-- proves: base.load.env
-- like: Lua 5.2

local env = {print = print, x = 5}
print("read", load("return x", "=x", "t", env)())
load("y = x + 1", "=x", "t", env)()
print("written", env.y, rawget(_G, "y"))
print("nothing else", load("return tostring, string", "=x", "t", env)())
print("inner functions", load("return (function() return x end)()", "=x", "t", env)())
print("methods of strings", load("return ('a'):upper()", "=x", "t", {})())
local f = load("z = (z or 0) + 1 return z", "=x", "t", env)
print("kept", f(), f(), env.z)
local g = load(function() return nil end, "=x", "t", env)
print("with a function", type(g))
local meta = setmetatable({}, {__index = function(_, name) return "global " .. name end})
print("metamethods", load("return anything", "=x", "t", meta)())
