-- shows: With a base, tonumber reads integers of that base.
-- proves: base.tonumber.base

print("binary", tonumber("1010", 2), tonumber("2", 2))
print("octal", tonumber("777", 8), tonumber("8", 8))
print("ten", tonumber("12", 10), tonumber("-", 2))
print("hexadecimal", tonumber("ff", 16), tonumber("FF", 16), tonumber("fg", 16))
print("36", tonumber("zz", 36), tonumber("Z", 36))
print("spaces", tonumber("  11  ", 2))
print("empty", tonumber("", 16))
print("number", pcall(function() local n = tonumber(11, 2) return n end))
print("bases", (pcall(tonumber, "1", 1)), (pcall(tonumber, "1", 37)))
