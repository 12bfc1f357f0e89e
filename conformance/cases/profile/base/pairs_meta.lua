-- shows: __pairs gives the iteration.
-- proves: base.pairs.meta
-- like: Lua 5.2

local t = setmetatable({}, {__pairs = function(self)
    return function(_, k) if not k then return 1, "first" elseif k == 1 then return 2, "second" end end, self, nil
end})
for k, v in pairs(t) do print(k, v) end
print("three values", select("#", pairs(t)))
local raw = setmetatable({x = 1}, {__pairs = function(t) return next, {y = 2}, nil end})
for k, v in pairs(raw) do print("other table", k, v) end
