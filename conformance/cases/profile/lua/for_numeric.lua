-- shows: The numeric for counts up and down; its limits are taken once.
-- proves: lua.for.numeric

local function run(a, b, c)
    local t = {}
    if c then for i = a, b, c do t[#t + 1] = i end else for i = a, b do t[#t + 1] = i end end
    return table.concat(t, " ")
end
print("up", run(1, 5))
print("down", run(5, 1, -1))
print("step", run(1, 10, 3), run(10, 1, -4))
print("none", "[" .. run(2, 1) .. "]", "[" .. run(1, 2, -1) .. "]")
print("one", run(3, 3))
print("fraction", run(0, 1, 0.25), run(1.5, 3))
print("negative", run(-2, 2))
local limit = 3
local n = 0
for i = 1, limit do limit = 10 n = n + 1 end
print("limit once", n)
for i = 1, 3 do local j = i i = 10 n = n + j end
print("assigned variable", n)
local closures = {}
for i = 1, 3 do closures[i] = function() i = i + 1 return i end end
print("fresh variable", closures[1](), closures[1](), closures[2]())
for i = math.huge, 1 do n = "wrong" end
print("from infinity", n)
print("to infinity", (function() for i = 1, math.huge do if i == 1000 then return i end end end)())
n = 0
for i = 2^53 - 2, 2^53 - 1 do n = n + 1 end
print("large", n)
print("no number", (pcall(run, "x", 1)), (pcall(run, 1, {})), (pcall(run, nil, 1)))
