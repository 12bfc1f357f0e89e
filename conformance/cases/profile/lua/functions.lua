-- shows: Functions take and give any number of values.
-- proves: lua.functions

local function f(a, b) return a, b end
print(f(1), f(1, 2), f(1, 2, 3))
print((f(1, 2)))
print(select("#", f()), select("#", (f())))
print(#{f(1, 2), f(3, 4)})
