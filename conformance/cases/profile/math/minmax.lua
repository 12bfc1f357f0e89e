-- shows: math.min and math.max take any number of numbers, one at least.
-- proves: math.min, math.max, math.huge

print("min", math.min(3, 1, 2), math.min(5), math.min(-1, -2.5))
print("max", math.max(3, 1, 2), math.max(5), math.max(-1, -2.5))
print("huge", math.huge == 1/0, math.huge > 1e308, -math.huge < -1e308, math.max(1, math.huge) == math.huge)
print("min of huge", math.min(1, math.huge), math.min(1, -math.huge) == -1/0)
print("strings", pcall(math.max, "10", 9))
print("none", (pcall(math.min)), (pcall(math.max)))
print("no number", (pcall(math.max, 1, "x")), (pcall(math.max, {})))
