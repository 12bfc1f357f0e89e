-- shows: A variable that is assigned may be the table or the key of a field in the same assignment.
-- proves: lua.assignment

local t = {}
local first = t
t.x, t = 1, 2
print(first.x, t)
t = {}
first = t
t, t.x, t.y = "new", 1, 2
print(first.x, first.y, t)
local i, list = 1, {}
i, list[i] = 2, "one"
list[i], i = "two", 3
print(i, list[1], list[2], list[3])
local up = {}
local kept = up
local function change() up.a, up, up.b = 1, nil, 2 end
change()
print(kept.a, kept.b, up)
G = {}
kept = G
G.a, G = true, false
print(kept.a, G)
local a = {b = {}}
local b = a.b
a.b.c, a, a.b.d = 1, nil, 2
print(b.c, b.d, a)
print((select(2, pcall(function() local l l.x, l = 1, 2 end)):gsub("^.-:%d+: ", "")))
