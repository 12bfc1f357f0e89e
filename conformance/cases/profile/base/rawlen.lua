-- shows: rawlen is the length without __len.
-- proves: base.rawlen
-- like: Lua 5.2

local t = setmetatable({1, 2, 3}, {__len = function() return 42 end})
print("table", rawlen(t), rawlen({}))
print("string", rawlen("abc"), rawlen("a\0"))
print("others", (pcall(rawlen, 5)), (pcall(rawlen)))
