-- shows: __ipairs gives the iteration.
-- proves: base.ipairs.meta
-- like: Lua 5.2

local t = setmetatable({"raw"}, {__ipairs = function(self)
    return function(_, i) if i < 2 then return i + 1, "value " .. i end end, self, 0
end})
for i, v in ipairs(t) do print(i, v) end
print("three values", select("#", ipairs(t)))
