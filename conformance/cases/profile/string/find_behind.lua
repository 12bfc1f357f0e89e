-- shows: A search that begins behind the end of the string finds nothing, not even the empty pattern.
-- proves: string.find.behind
-- like: Lua 5.2

print("find", ("abc"):find("", 5))
print("plain", ("abc"):find("", 5, true))
