-- shows: Angles are in radians; deg and rad convert them.
-- proves: math.sin, math.cos, math.tan, math.asin, math.acos, math.atan, math.atan2, math.sinh, math.cosh, math.tanh, math.deg, math.rad, math.pi

local function f(...)
    local t = {...}
    for i, v in ipairs(t) do t[i] = ("%.6f"):format(v) end
    return table.concat(t, " ")
end
print("pi", ("%.12f"):format(math.pi))
print("sin", f(math.sin(0), math.sin(math.pi / 2), math.sin(1)))
print("cos", f(math.cos(0), math.cos(math.pi), math.cos(1)))
print("tan", f(math.tan(0), math.tan(math.pi / 4)))
print("asin", f(math.asin(1), math.asin(0.5)))
print("acos", f(math.acos(1), math.acos(0.5)))
print("atan", f(math.atan(1), math.atan(-1)))
print("atan2", f(math.atan2(1, 1), math.atan2(1, -1), math.atan2(-1, -1), math.atan2(0, -1)))
print("hyperbolic", f(math.sinh(1), math.cosh(1), math.tanh(1)))
print("deg", f(math.deg(math.pi), math.deg(1)))
print("rad", f(math.rad(180), math.rad(1)))
print("outside", math.asin(2) ~= math.asin(2))
