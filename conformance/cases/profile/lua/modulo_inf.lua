-- shows: Modulo of infinities.
-- proves: lua.arithmetic.infinity
-- like: neither

print(5 % math.huge, -5 % -math.huge, math.huge % 5 ~= math.huge % 5)
