-- shows: Strings are counted in bytes, and zeros are bytes like others.
-- proves: string.len, lua.length

print("empty", string.len(""))
print("bytes", string.len("abc"))
print("zero", string.len("a\0b"))
print("high", string.len("\200\255\0"))
print("operator", #"a\0b", #"")
print("method", ("four"):len())
print("number", string.len(12))
