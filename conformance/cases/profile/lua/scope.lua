-- shows: Locals end with their block and hide outer ones.
-- proves: lua.scope

local x = 1
do
    local x = x + 1
    print(x)
    do local x = "inner" print(x) end
    print(x)
end
print(x)
local x = x * 10
print(x)
if true then local y = 1 end
print(y)
for i = 1, 1 do local z = i end
print(i, z)
local function f() return f end
print(f() == f)
repeat local done = true until done
