-- shows: Endless recursion is an error that can be caught.
-- proves: lua.calls.overflow

local function endless() return 1 + endless() end
local ok, message = pcall(endless)
print(ok, tostring(message):find("stack overflow", 1, true) ~= nil)
local function depth(n) if n == 0 then return 0 end return 1 + depth(n - 1) end
print("still fine", depth(100))
local t = setmetatable({}, {})
getmetatable(t).__index = function(_, k) return t[k + 1] end
print("in a metamethod", (pcall(function() return t[1] end)))
print("still fine", pcall(depth, 100))
