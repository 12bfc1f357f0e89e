-- shows: A position outside of the list is an error.
-- proves: table.insert.position
-- like: Lua 5.2

print("insert", (pcall(table.insert, {1, 2}, 4, "x")), (pcall(table.insert, {1, 2}, 0, "x")))
print("insert message", select(2, pcall(table.insert, {1, 2}, 4, "x")):match("position out of bounds"))
print("remove", (pcall(table.remove, {1, 2}, 4)), (pcall(table.remove, {1, 2}, -1)))
print("remove behind the last", table.remove({1, 2}, 3))
