-- shows: Tail calls need no room.
-- proves: lua.calls.tail

local function loop(n) if n == 0 then return "done" end return loop(n - 1) end
print(loop(100000))
local even, odd
function even(n) if n == 0 then return true end return odd(n - 1) end
function odd(n) if n == 0 then return false end return even(n - 1) end
print(even(100001), odd(100001))
