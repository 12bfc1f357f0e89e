-- shows: The result of an operation may be negative zero.
-- proves: lua.arithmetic.zero

local zero, one = 0, 1
print(1 / (zero * -one) == -math.huge, 1 / (zero / -one) == -math.huge, 1 / -zero == -math.huge)
print(1 / (-zero + -zero) == -math.huge, 1 / (-zero + zero) == math.huge, zero * -one == zero)
