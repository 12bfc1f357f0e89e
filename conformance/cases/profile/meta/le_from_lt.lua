-- shows: Without __le, a <= b is not (b < a).
-- proves: lua.meta.comparison.lt

local m = {__lt = function(a, b) return a.v < b.v end}
local a, b = setmetatable({v = 1}, m), setmetatable({v = 2}, m)
print(a <= b, b <= a, a <= a, a >= b, b >= a)
