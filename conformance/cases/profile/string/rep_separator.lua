-- shows: The third argument of string.rep stands between the copies.
-- proves: string.rep.separator
-- like: Lua 5.2

print("three", string.rep("a", 3, ", "))
print("one", string.rep("a", 1, ", "))
print("zero", "[" .. string.rep("a", 0, ", ") .. "]")
print("empty", string.rep("a", 3, ""))
print("of nothing", string.rep("", 3, "-"))
