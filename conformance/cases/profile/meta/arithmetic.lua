-- shows: __add, __sub, __mul, __div, __mod, __pow and __unm do arithmetic.
-- proves: lua.meta.arithmetic

local m = {}
for name, sign in pairs{__add = "+", __sub = "-", __mul = "*", __div = "/", __mod = "%", __pow = "^"} do
    m[name] = function(a, b)
        return "(" .. (type(a) == "table" and a.n or tostring(a)) .. sign .. (type(b) == "table" and b.n or tostring(b)) .. ")"
    end
end
m.__unm = function(a) return "-" .. a.n end
local a, b = setmetatable({n = "a"}, m), setmetatable({n = "b"}, m)
print(a + b, a - b, a * b, a / b, a % b, a ^ b, -a)
print(a + 1, 1 + a, "2" * a, a - "x")
print((pcall(function() return a + 1 + 2 end)))
local left = setmetatable({}, {__add = function() return "left" end})
local right = setmetatable({}, {__add = function() return "right" end})
print(left + right, right + left, left + {}, {} + right)
print((pcall(function() return {} + setmetatable({}, {}) end)))
print((setmetatable({}, {__add = function() return 1, 2 end}) + 1))
print(setmetatable({}, {__add = function() end}) + 1)
