-- shows: Negative zero keeps its sign, and is equal to zero.
-- proves: base.tostring.zero

local zero = 0
print(zero, -zero, -zero == zero)
print(tostring(-zero), -zero .. "", ("%g"):format(-zero))
print(1 / -zero == -math.huge, 1 / zero == math.huge)
