-- shows: A metatable without __index keeps __newindex when a field is read that is not there.
-- proves: lua.meta.newindex

local assigned = 0
local t = setmetatable({}, {__newindex = function() assigned = assigned + 1 end})
print("read", t.nothing)
t.x = 1
print("assigned", assigned, rawget(t, "x"))
