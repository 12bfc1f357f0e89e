-- shows: Integers print in full up to 2^53, other numbers with 14 digits, infinities and NaN by name.
-- proves: base.tostring.integers, base.tostring.floats, base.tostring.inf
-- like: neither

print(0, 1, -1, 255, 1000000)
print(1e14, 1e15, -1e15, 123456789012345)
print(2^53, -2^53, 2^31, 2^32, 2^52 + 1)
print(1e16, 1e20, 1e100, -1e100)
print(0.1, 1/3, 2/3, 123456.789, 1e-5, 5e-324)
print(3.14159265358979, 1e15 + 0.5, 100.0, 0.5)
print(1/0, -1/0, math.huge, -math.huge)
print(0/0, -(0/0), math.huge - math.huge)
print(tostring(1/0), tostring(0/0), 1/0 .. "|" .. 0/0)
print(("%s %s"):format(2^53, 1/0))
print(-0 == 0, tostring(0), tostring(1e0))
