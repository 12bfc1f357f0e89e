-- shows: string.sub counts from 1, from the end with negative positions, and stays inside of the string.
-- proves: string.sub

local s = "abcdef"
print("from", string.sub(s, 3))
print("range", s:sub(2, 4))
print("one", s:sub(2, 2))
print("last", s:sub(-1))
print("from end", s:sub(-3, -2))
print("mixed", s:sub(2, -2))
print("all", s:sub(1, -1))
print("zero", s:sub(0))
print("before", s:sub(-100, 2))
print("beyond", s:sub(5, 100))
print("behind", "[" .. s:sub(7) .. "]")
print("crossed", "[" .. s:sub(4, 2) .. "]")
print("end zero", "[" .. s:sub(1, 0) .. "]")
print("zeros inside", #("a\0b\0c"):sub(2, 4))
print("string positions", s:sub("2", "3"))
