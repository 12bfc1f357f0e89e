-- shows: Strings in arithmetic are numbers where they read as such, numbers in concatenations are strings.
-- proves: lua.coercions

print("10" + 5, "3" * "4", 10 - "2", "8" / 2, "2" ^ 3, "7" % 4, -"2")
print("0x10" + 0, " 5 " + 1, "1e2" * 1, ".5" + 0)
print(1 .. 2, 1 .. "", "x" .. 1.5, -1 .. "", 1e3 .. "|" .. 10)
print(10 == "10", "10" == "10", 0 == "0")
print((pcall(function() return "abc" + 1 end)), (pcall(function() return {} + 1 end)))
print((pcall(function() return "x" .. {} end)), (pcall(function() return nil .. "x" end)))
print((pcall(function() return 1 < "2" end)), (pcall(function() return -{} end)), (pcall(function() return "" + 1 end)))
local t = {}
t[1], t["1"] = "number", "string"
print(t[1], t["1"])
