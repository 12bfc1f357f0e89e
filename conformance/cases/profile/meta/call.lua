-- shows: __call makes a table callable.
-- proves: lua.meta.call

local t = setmetatable({}, {__call = function(self, ...) return self.name, select("#", ...), ... end})
t.name = "callable"
print(t(), t(1, nil, 3))
print(pcall(t, "x"))
local o = {f = t}
print(o.f(1))
print(select("#", o:f()), select(3, o:f()) == o)
print((pcall(function() return setmetatable({}, {})() end)))
print(pcall(function() return setmetatable({}, {__call = function() error("inside", 0) end})() end))
local function tail(x) return t(x) end
print(tail("tail"))
print(select("#", setmetatable({}, {__call = function() end})()))
print(("x"):gsub("x", setmetatable({}, {__index = function() return "y" end})))
