-- shows: More constants than a function can have are a syntax error, if it cannot have any number of them.
-- proves: base.load.long

local t = {}
for i = 1, 270000 do t[i] = "x=" .. i .. ".5" end
local f, message = (loadstring or load)(table.concat(t, " "), "=many")
if f then
    f()
    print(x == 270000.5)
else
    print(message:find("constant table overflow", 1, true) ~= nil)
end
x = nil
