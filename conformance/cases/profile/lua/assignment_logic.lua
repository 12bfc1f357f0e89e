-- shows: A variable gets what and and or give, also when they do not look at their second operand.
-- proves: lua.logic, lua.assignment

local t = {no = false, yes = 3}
local x, y, z = 1, 2, 3
x = t.no and 5
y = t.none and x
z = t.yes or 5
print("locals", x, y, z)
x = t.no and 1 or t.none
y = (t.no or t.none) and 1
z = t.yes and t.no and 1
print("chains", x, y, z)
local function parameters(p, q)
    p = t.no and q
    q = p or t.yes
    return p, q
end
print("parameters", parameters(8, 9))
local function upvalue() x = t.none and 1 return x end
print("upvalue", upvalue())
