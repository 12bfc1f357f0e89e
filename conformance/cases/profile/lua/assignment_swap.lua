-- shows: An assignment can exchange variables.
-- proves: lua.assignment.swap

local a, b, c = 1, 2, 3
a, b = b, a
print("locals", a, b)
a, b, c = c, a, b
print("three locals", a, b, c)
local t = {1, 2}
t[1], t[2] = t[2], t[1]
print("fields", t[1], t[2])
x_of_this_case, y_of_this_case = 1, 2
x_of_this_case, y_of_this_case = y_of_this_case, x_of_this_case
print("globals", x_of_this_case, y_of_this_case)
x_of_this_case, y_of_this_case = nil, nil
local function upvalues() a, b = b, a return a, b end
print("upvalues", upvalues())
local function parameters(p, q) p, q = q, p return p, q end
print("parameters", parameters(1, 2))
a, t[1] = t[1], a
print("mixed", a, t[1])
