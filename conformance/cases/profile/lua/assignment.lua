-- shows: Several values are assigned at once, after all are evaluated.
-- proves: lua.assignment

local a, b, c = 1, 2
print(a, b, c)
local function three() return 1, 2, 3 end
local x, y, z = three()
print(x, y, z)
x, y, z = 0, three()
print(x, y, z)
x, y, z = three(), 10
print(x, y, z)
x, y = (three())
print(x, y)
local t = {}
local i = 1
i, t[i] = i + 1, 20
print(i, t[1], t[2])
t.x, t.y = 1, 2, 3
print(t.x, t.y)
local d, e = three(), three()
print(d, e)
