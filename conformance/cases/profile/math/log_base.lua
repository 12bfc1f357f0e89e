-- shows: The second argument of math.log is the base.
-- proves: math.log.base
-- like: Lua 5.2

print(math.log(8, 2), math.log(1000, 10), ("%.6f"):format(math.log(9, 3)), math.log(1, 7))
