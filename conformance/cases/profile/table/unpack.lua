-- shows: table.unpack gives the elements of a list, table.pack makes a list of arguments with their number.
-- proves: table.unpack, table.pack
-- like: Lua 5.2

print("all", table.unpack({1, 2, 3}))
print("range", table.unpack({1, 2, 3, 4}, 2, 3))
print("nil inside", table.unpack({1, nil, 3}, 1, 3))
print("nothing", select("#", table.unpack({})))
print("many", select("#", table.unpack({}, 1, 200)))
local p = table.pack(1, nil, 3, nil)
print("pack", p.n, p[1], p[2], p[3], p[4])
print("pack of nothing", table.pack().n, #table.pack())
print("round", table.unpack(p, 1, p.n))
