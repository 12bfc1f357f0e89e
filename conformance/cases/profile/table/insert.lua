-- shows: table.insert appends or moves up, table.remove takes out and moves down.
-- proves: table.insert, table.remove

local t = {}
table.insert(t, "a")
table.insert(t, "b")
table.insert(t, 1, "first")
table.insert(t, 3, "middle")
table.insert(t, #t + 1, "last")
print("inserted", table.concat(t, " "))
print("returns nothing", select("#", table.insert(t, "x")))
print("remove last", table.remove(t), #t)
print("remove first", table.remove(t, 1), table.concat(t, " "))
print("remove middle", table.remove(t, 2), table.concat(t, " "))
print("empty", (table.remove({})))
print("false", table.remove({false}), table.remove({1, false}, 2))
table.insert(t, 2, false)
print("insert false", t[2], #t)
print("missing value", (pcall(table.insert, {})))
print("too many", (pcall(table.insert, {}, 1, 2, 3)))
print("no table", (pcall(table.insert, nil, 1)), (pcall(table.remove, "x")))
print("no position", (pcall(table.insert, {}, "x", 1)))
