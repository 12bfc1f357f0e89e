-- shows: table.concat joins strings and numbers.
-- proves: table.concat

print("plain", table.concat({"a", "b", "c"}))
print("separator", table.concat({1, 2, 3}, ", "))
print("range", table.concat({"a", "b", "c", "d"}, "-", 2, 3))
print("from", table.concat({"a", "b", "c"}, "-", 2))
print("empty", "[" .. table.concat({}) .. "]", "[" .. table.concat({}, ",") .. "]")
print("crossed", "[" .. table.concat({1, 2}, ",", 2, 1) .. "]")
print("one", table.concat({"x"}, ","))
print("numbers", table.concat({1.5, -2, 10}, " "))
print("number as separator", table.concat({"a", "b"}, 0))
print("many", #table.concat((function() local t = {} for i = 1, 10000 do t[i] = "xy" end return t end)()))
print("nil inside", (pcall(table.concat, {1, nil, 3}, ",", 1, 3)))
print("table inside", pcall(table.concat, {1, {}, 3}))
print("boolean inside", pcall(table.concat, {true}))
