-- shows: Tables that are filled from behind, with gaps or with large keys hold what is stored, in a time that grows with it.
-- proves: fault.sparse_tables
local check = require "check"

local n = 100000
local function total(t)
    local count, sum = 0, 0
    for key, value in pairs(t) do
        count, sum = count + 1, sum + value
        check.equal(t[key], value)
    end
    return count, sum
end
local function fill(name, key)
    local t = {}
    for i = 1, n do t[key(i)] = i end
    for i = 1, n, 2 do t[key(i)] = t[key(i)] + 1 end
    local count, sum = total(t)
    check.equal(count, n)
    check.equal(sum, n * (n + 1) / 2 + n / 2)
    for i = 1, n do t[key(i)] = nil end
    check.equal(next(t), nil)
    print(name)
    return t
end
fill("backwards", function(i) return n + 1 - i end)
fill("gaps", function(i) return 3 * i end)
fill("large", function(i) return 1e9 - i end)
fill("negative", function(i) return -i end)
-- A list that was filled from behind is one.
local t = {}
for i = 1000, 1, -1 do t[i] = i end
check.equal(#t, 1000)
-- Fields may be assigned while they are traversed.
local sparse, seen = {}, 0
for i = 1, 1000 do sparse[i * 5] = i end
for key in pairs(sparse) do sparse[key] = 0 seen = seen + 1 end
check.equal(seen, 1000)
