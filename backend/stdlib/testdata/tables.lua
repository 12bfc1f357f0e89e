-- The functions of table.
local function show(t, n)
    local out = {}
    for i = 1, n or #t do out[i] = tostring(t[i]) end
    return table.concat(out, " ")
end
local t = {}
for i = 1, 5 do table.insert(t, i * i) end
table.insert(t, 1, "first")
table.insert(t, #t + 1, "last")
table.insert(t, 3, "third")
print(show(t))
print(table.remove(t), table.remove(t, 1), table.remove(t, 2), show(t))
print(table.remove({}), table.remove(t, #t + 1), #t)
print(table.concat({1, 2, 3}, ", ", 2), table.concat({1, 2, 3}, "", 4), table.concat({}, "x"), table.concat({"a", 2.5}, 0))
print(table.unpack({1, 2, 3})) print(table.unpack({1, 2, 3}, -1, 2)) print(select("#", table.unpack({}, 1, 100)))
local p = table.pack(nil, 2, nil)
print(p.n, p[1], p[2], p[3], table.pack().n)
-- Sorting. Where equal elements go is left open.
local function sorted(n, less)
    local list, seed = {}, 42
    for i = 1, n do
        seed = (seed * 1103515245 + 12345) % 2^31
        list[i] = {key = math.floor(seed / 65536) % 10, place = i}
    end
    table.sort(list, less)
    local out, places = {}, 0
    for i, v in ipairs(list) do out[i], places = v.key, places + v.place end
    return table.concat(out, " "), places
end
for _, n in ipairs{0, 1, 2, 3, 4, 5, 10, 50, 200} do
    print(n, sorted(n, function(a, b) return a.key < b.key end))
    print(n, sorted(n, function(a, b) return a.key > b.key end))
end
local mt = {__lt = function(a, b) return a.n < b.n end}
local objects = {}
for i, n in ipairs{5, 3, 9, 1} do objects[i] = setmetatable({n = n}, mt) end
table.sort(objects)
for i, o in ipairs(objects) do objects[i] = o.n end
print(show(objects))
local words = {"pear", "Apple", "fig", "apple", "\200", "", "fig", "a\0b", "a"}
table.sort(words)
print((table.concat(words, " "):gsub("[%z\128-\255]", "?")))
local numbers = {3, -1, 2.5, 1/0, -1/0, 0, 3}
table.sort(numbers)
print(show(numbers))
-- Order functions that are none: some are noticed, the others give some order.
for _, n in ipairs{2, 3, 5, 10, 100} do
    local list = {}
    for i = 1, n do list[i] = i * 7 % n end
    print(n, (pcall(table.sort, list, function() return true end)), (pcall(table.sort, list, function() return false end)))
end
print(pcall(table.sort, {1, "x", 2}))
print(pcall(table.sort, {{}, {}}))
print(pcall(table.sort, {true, false}))
print(pcall(table.sort, {3, 2, 1}, function() error("stop", 0) end))
