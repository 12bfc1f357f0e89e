-- shows: __len gives the length of a table.
-- proves: lua.length.meta
-- like: Lua 5.2

local t = setmetatable({1, 2}, {__len = function(self) return 42 end})
print(#t, #t + 1)
print(#setmetatable({}, {__len = function() return "any value" end}))
print(pcall(function() return #setmetatable({}, {__len = function() error("inside", 0) end}) end))
