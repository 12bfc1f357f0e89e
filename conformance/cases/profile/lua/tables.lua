-- shows: Constructors, keys of all types, and fields that are nil.
-- proves: lua.tables

local t = {1, 2, x = "field", ["with space"] = true, [10] = "ten", [-1] = "minus", 3; 4, n = nil}
print(t[1], t[2], t[3], t[4], t.x, t["with space"], t[10], t[-1], t.n)
print(t.missing, t[100], t[1.5])
t[1.0] = "float key"
print(t[1])
t[2^53] = "big"
print(t[2^53])
local f, k = function() end, {}
t[f], t[k], t[true] = "function", "table", "boolean"
print(t[f], t[k], t[true], t[{}])
t.x = nil
print(t.x)
print((pcall(function() t[nil] = 1 end)), (pcall(function() t[0/0] = 1 end)), t[nil], t[0/0])
local nested = {a = {b = {c = "deep"}}}
print(nested.a.b.c, nested["a"]["b"]["c"])
print((pcall(function() return nested.z.y end)))
local large = {}
for i = 1, 1000 do large[i] = i end
print(#large, large[500])
local last = {(function() return 1, 2 end)(), (function() return 3, 4 end)()}
print(#last, #{1, nil, 3})
print(#{1, 2, [2] = "overwritten?"}, ({1, 2, [2] = "x"})[2])
t = {}
t["1"], t[1] = "s", "n"
print(t["1"], t[1])
