-- shows: Too many results of unpack are an error.
-- proves: table.unpack.many
-- like: Lua 5.2

print((pcall(table.unpack, {}, 1, 1e7)), (pcall(table.unpack, {}, 1, 1e8)))
print("still fine", table.unpack({1, 2}))
