-- shows: A function that is not written in Lua may be the body of a coroutine.
-- proves: coroutine.create.standard
-- needs: coroutines
-- like: Lua 5.2

print(coroutine.resume(coroutine.create(math.max), 3, 7))
print(coroutine.wrap(select)(2, "a", "b"))
print(coroutine.resume(coroutine.create(error), "e", 0))
