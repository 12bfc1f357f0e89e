-- shows: pairs goes through all fields once, without values that are nil.
-- proves: base.pairs

local function count(t)
    local n, sum = 0, 0
    for _, v in pairs(t) do n, sum = n + 1, sum + v end
    return n, sum
end
print("list", count({1, 2, 3}))
print("fields", count({a = 1, b = 2}))
print("both", count({1, 2, a = 3, [10] = 4, [-1] = 5, [0.5] = 6}))
print("empty", count({}))
print("holes", count({1, nil, 3}))
local t = {1, 2, 3, 4}
t[2], t[4] = nil, nil
print("removed", count(t))
local keys = {}
for k in pairs({[true] = 1, [print] = 2, x = 3, [1.5] = 4}) do keys[#keys + 1] = type(k) end
table.sort(keys)
print("keys of each type", table.concat(keys, " "))
local f, s, init = pairs(t)
print("returns", type(f), s == t, init)
print("no table", (pcall(pairs)), (pcall(pairs, nil)))
