-- shows: floor, ceil, modf, fmod and abs.
-- proves: math.floor, math.ceil, math.modf, math.fmod, math.abs

print("floor", math.floor(3.7), math.floor(-3.7), math.floor(5), math.floor(-0.5) == -1)
print("ceil", math.ceil(3.2), math.ceil(-3.2) == -3, math.ceil(5))
print("abs", math.abs(-3), math.abs(3), math.abs(-0.5))
print("modf", math.modf(3.75))
print("modf of negative", math.modf(-3.75))
print("modf of integer", math.modf(5))
print("modf of inf", math.modf(math.huge) == math.huge, select(2, math.modf(math.huge)))
print("fmod", math.fmod(7, 3), math.fmod(-7, 3), math.fmod(7, -3), math.fmod(5.5, 2))
print("strings", math.floor("3.7"), math.abs("-2"))
print("big", math.floor(2^53) == 2^53, math.floor(1e300) == 1e300)
print("inf", math.floor(math.huge) == math.huge, math.ceil(-math.huge) == -math.huge)
