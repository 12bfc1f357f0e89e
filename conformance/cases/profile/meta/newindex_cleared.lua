-- shows: A field that was cleared is not there, so __newindex takes its assignment.
-- proves: lua.meta.newindex

local log = {}
local t = setmetatable({there = 1, 2}, {__newindex = function(self, k, v) log[#log + 1] = tostring(k) end})
t.there = nil
t.there = 4
t[1] = nil
t[1] = 5
print(t.there, t[1], table.concat(log, " "))
