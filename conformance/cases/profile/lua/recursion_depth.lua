-- shows: Calls may be nested four thousand deep.
-- proves: lua.calls.depth

local function depth(n) if n == 0 then return 0 end return 1 + depth(n - 1) end
print(depth(100), depth(1000), depth(4000))
