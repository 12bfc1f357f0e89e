-- shows: A local is not visible in its own initial value.
-- proves: lua.scope.local

local g = function() return g end
print("function", g())
local x = 1
local x = (function() return x end)()
print("outer one", x)
local t = {f = function() return t end}
print("table", t.f())
