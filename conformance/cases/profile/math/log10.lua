-- shows: math.log10 is the logarithm of the base 10.
-- proves: math.log10
-- like: Lua 5.1

print(math.log10(1), math.log10(10), math.log10(100), ("%.6f"):format(math.log10(2)))
