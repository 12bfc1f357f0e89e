-- shows: math.random gives numbers of the range that is asked for; a seed repeats them.
-- proves: math.random, math.randomseed

local function all(n, test, ...)
    for _ = 1, n do
        if not test(math.random(...)) then return false end
    end
    return true
end
print("unit", all(1000, function(x) return x >= 0 and x < 1 end))
print("to", all(1000, function(x) return x >= 1 and x <= 6 and x % 1 == 0 end, 6))
print("range", all(1000, function(x) return x >= -3 and x <= 3 and x % 1 == 0 end, -3, 3))
print("one", math.random(1), math.random(5, 5))
local seen = {}
for _ = 1, 1000 do seen[math.random(6)] = true end
print("all values come", #seen)
local function draw(seed)
    math.randomseed(seed)
    local t = {}
    for i = 1, 10 do t[i] = math.random(1000) end
    return table.concat(t, " ")
end
print("seed repeats", draw(42) == draw(42), draw(1) == draw(1))
print("seeds differ", draw(1) ~= draw(2))
print("seed gives nothing", select("#", math.randomseed(1)))
print("empty interval", (pcall(math.random, 0)), (pcall(math.random, 2, 1)))
print("too many", (pcall(math.random, 1, 2, 3)))
print("no number", (pcall(math.random, "x")), (pcall(math.randomseed, {})))
