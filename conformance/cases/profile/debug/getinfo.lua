-- shows: debug.getinfo tells about functions on the stack and others.
-- proves: debug.getinfo

local function f(a)
    return debug.getinfo(1)
end
local info = f()
print("source", info.source, info.short_src, info.what)
print("lines", info.currentline, info.linedefined, info.lastlinedefined)
print("func", info.func == f)
local main = debug.getinfo(1)
print("main", main.what, main.currentline, main.linedefined, main.short_src)
local c = debug.getinfo(print)
print("C", c.what, c.short_src, c.source, c.currentline, c.linedefined, c.func == print)
local upvalue = 1
local function g() return upvalue end
local of_g = debug.getinfo(g)
print("function", of_g.what, of_g.linedefined, of_g.currentline, of_g.nups, of_g.name)
print("level 0", debug.getinfo(0).what, debug.getinfo(0).func == debug.getinfo)
print("caller", (function() return debug.getinfo(2, "l") end)() == nil or (function() local x = debug.getinfo(2, "l") return x end)().currentline)
print("no level", debug.getinfo(100))
print("bad", (pcall(debug.getinfo, "x")), (pcall(debug.getinfo, 1, "?")), (pcall(debug.getinfo)))
