-- shows: Concatenation joins from the right.
-- proves: lua.concat

print("a" .. "b" .. "c", "" .. "", "a" .. "" .. "b")
print(1 .. 2 .. 3, #("x" .. "\0" .. "y"), 2 ^ 2 .. "", 1 + 1 .. "")
local s = ""
for i = 1, 1000 do s = s .. "x" end
print(#s)
local t = setmetatable({}, {__concat = function(a, b)
    return (type(a) == "table" and "T" or a) .. "+" .. (type(b) == "table" and "T" or b)
end})
print(t .. "x", "x" .. t, t .. 1, t .. t, "a" .. "b" .. t, t .. "a" .. "b")
