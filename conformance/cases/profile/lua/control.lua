-- shows: if, while, repeat and break.
-- proves: lua.control

local function sign(n)
    if n < 0 then return "negative" elseif n > 0 then return "positive" else return "zero" end
end
print(sign(-1), sign(0), sign(1))
local i, n = 0, 0
while i < 5 do i = i + 1 if i % 2 == 0 then n = n + 1 end end
print(i, n)
while true do i = i - 1 if i == 2 then break end end
print(i)
repeat i = i + 1 until i > 4
print(i)
repeat local last = i i = i + 1 until last == 6
print(i)
while false do print("never") end
for a = 1, 3 do
    for b = 1, 3 do
        if b == 2 then break end
        print(a, b)
    end
end
do return print("early return", (function() do return 1 end end)()) end
