-- shows: Concatenation joins from the right.
-- proves: lua.concat

print("a" .. "b" .. "c", "" .. "", "a" .. "" .. "b")
print(1 .. 2 .. 3, #("x" .. "\0" .. "y"), 2 ^ 2 .. "", 1 + 1 .. "")
local s = ""
for i = 1, 1000 do s = s .. "x" end
print(#s)
