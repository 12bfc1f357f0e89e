-- shows: A zero in a pattern matches a zero.
-- proves: string.patterns.zero
-- like: Lua 5.2

print("find", ("a\0b"):find("\0"))
print("behind a zero", ("a\0b"):find("\0b"))
print("set", ("a\0b"):find("[\0]"))
print("complement", ("\0\0x"):match("[^\0]"))
print("gsub", (("a\0b\0"):gsub("\0", "-")))
