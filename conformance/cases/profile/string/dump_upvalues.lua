-- shows: A function that was dumped has upvalues of its own.
-- proves: string.dump.upvalues
-- needs: dump

local load = loadstring or load
local a, b = 1, 2
local function f(x) if x then a, b = x, x end return a, b end
local g = load(string.dump(f))
debug.setupvalue(g, 1, nil) -- which are the globals in Lua 5.4
print(f(), g())
print(f(5), g())
print(g(7), g(), f())
print(debug.getupvalue(g, 1) ~= nil, debug.setupvalue(g, 1, "set") ~= nil, debug.setupvalue(g, 2, "set") ~= nil, g())
