-- shows: unpack gives the elements of a list.
-- proves: base.unpack
-- like: Lua 5.1

print("all", unpack({1, 2, 3}))
print("range", unpack({1, 2, 3, 4}, 2, 3))
print("from", unpack({1, 2, 3}, 2))
print("nil inside", unpack({1, nil, 3}, 1, 3))
print("beyond", unpack({1}, 1, 3))
print("nothing", select("#", unpack({})), select("#", unpack({1, 2}, 2, 1)))
print("negative", unpack({[-1] = "a", [0] = "b", "c"}, -1, 1))
print("many", select("#", unpack({}, 1, 200)))
print("no table", (pcall(unpack, nil)))
