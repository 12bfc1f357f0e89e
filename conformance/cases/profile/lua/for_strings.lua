-- shows: The limits of a numeric for may be numeric strings.
-- proves: lua.for.strings

local t = {}
for i = "1", "3" do t[#t + 1] = type(i) .. i end
print(table.concat(t, " "))
