-- shows: In the replacement % stands before digits and % only.
-- proves: string.gsub.percent
-- like: Lua 5.2

print("other", (pcall(string.gsub, "abc", "b", "%x")))
print("at the end", (pcall(string.gsub, "abc", "b", "%")))
print("capture that is not there", (pcall(string.gsub, "abc", "b", "%2")))
