-- shows: a % b is a - floor(a/b)*b, at run time, of literals and of strings.
-- proves: lua.arithmetic, lua.coercions

local one = 1
local function show(...)
    local t = {...}
    for i, v in ipairs(t) do t[i] = v ~= v and "nan" or v == 0 and 1 / v < 0 and "-0" or string.format("%.14g", v) end
    print(table.concat(t, " "))
end
show(7 % 3, -7 % 3, 7 % -3, -7 % -3, one * 7 % 3, one * -7 % 3, one * 7 % -3, one * -7 % -3)
show(-3 % 3, 3 % -3, one * -3 % 3, one * 3 % -3, 0 % 3, one * 0 % 3)
show(5.5 % 2, -5.5 % 2, 5.5 % -2, one * 5.5 % -2, 0.5 % 1, -0.5 % 1)
show(1 % 0.1, one % 0.1, 1 % 0.01, one % 0.01, 1 % 1e-7, one % 1e-7, 9 % -1e-7, one * 9 % -1e-7)
show(0.3 % 0.1, one * 0.3 % 0.1, 123456789 % 0.3, one * 123456789 % 0.3)
show(2^53 % 3, one * 2^53 % 3, (2^53 + 2) % 10, 2^70 % 7, one * 2^70 % 7, 1e300 % 3, one * 1e300 % 3)
show(5 % 0.0, one % 0.0, 0 % 0.0, -one % 0.0)
show("10" % 3, "-7" % "0.3", 10 % "0x10", "5" % one, one % "0.1")
show(1 - -2 % (1e2 % 3.5), 2 ^ 3 % 5, -2 ^ 2 % 3, 7 % 4 * 2, 2 * 7 % 4, 7 % 4 % 2)
local t = {}
for i = -4, 4 do t[#t + 1] = i % 3 end
show((unpack or table.unpack)(t))
for i = 0, 1, 0.25 do t[i % 0.5] = i end
show(t[0], t[0.25])
local m = setmetatable({}, {__mod = function(a, b) return type(a) .. " % " .. type(b) end})
print(m % 1, 1 % m, "1" % m, m % m)
print(pcall(function() return one % {} end) == false, pcall(function() return nil % one end) == false)
