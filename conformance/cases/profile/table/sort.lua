-- shows: table.sort sorts in place, by < or by a function.
-- proves: table.sort

local function sorted(t, ...)
    table.sort(t, ...)
    return table.concat(t, " ")
end
print("numbers", sorted({3, 1, 2, -5, 2.5}))
print("strings", sorted({"b", "a", "C", "ab", ""}))
print("descending", sorted({1, 3, 2}, function(a, b) return a > b end))
print("empty", "[" .. sorted({}) .. "]", sorted({1}))
print("equal", sorted({2, 2, 1, 2}))
local t = {}
for i = 1, 1000 do t[i] = (i * 7919) % 1009 end
table.sort(t)
local ordered = true
for i = 2, #t do if t[i - 1] > t[i] then ordered = false end end
print("many", ordered, t[1], t[1000])
local records = {{n = "b", k = 2}, {n = "a", k = 1}, {n = "c", k = 3}}
table.sort(records, function(a, b) return a.k < b.k end)
print("records", records[1].n .. records[2].n .. records[3].n)
local lt = {__lt = function(a, b) return a.v < b.v end}
local o = {setmetatable({v = 2}, lt), setmetatable({v = 1}, lt)}
table.sort(o)
print("metamethod", o[1].v, o[2].v)
print("returns nothing", select("#", table.sort({1})))
print("mixed", (pcall(table.sort, {1, "x", 2})))
print("error in function", pcall(table.sort, {1, 2, 3}, function() error("inside", 0) end))
print("no function", (pcall(table.sort, {1, 2}, 5)))
print("inconsistent order ends", type((pcall(table.sort, {3, 2, 1, 5, 4}, function() return true end))))
