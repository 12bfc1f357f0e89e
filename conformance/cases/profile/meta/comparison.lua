-- shows: __eq, __lt and __le compare.
-- proves: lua.meta.comparison

local m = {}
m.__eq = function(a, b) return a.v == b.v end
m.__lt = function(a, b) return a.v < b.v end
m.__le = function(a, b) return a.v <= b.v end
local function new(v) return setmetatable({v = v}, m) end
local a, b, c = new(1), new(2), new(1)
print(a == b, a == c, a ~= b, a ~= c, a == a)
print(a < b, b < a, a <= c, a > b, b >= a)
print(a == 1, a == "1", 1 == a)
local called = false
local e = setmetatable({}, {__eq = function() called = true return true end})
print(e == e, called, rawequal(e, {}))
print((pcall(function() return a < 1 end)), (pcall(function() return {} < a end)))
print((pcall(function() return {} <= {} end)))
local truthy = {__eq = function() return 1 end, __lt = function() return nil end, __le = function() return "x" end}
local x, y = setmetatable({}, truthy), setmetatable({}, truthy)
print(x == y, x < y, x <= y)
local t = {new(3), new(1), new(2)}
table.sort(t)
print(t[1].v, t[2].v, t[3].v)
