-- shows: An error ends its coroutine; resume returns it.
-- proves: coroutine.resume.errors
-- needs: coroutines

local co = coroutine.create(function() error("inside") end)
print(coroutine.resume(co))
print("dead", coroutine.resume(co))
local object = {}
print("value", select(2, coroutine.resume(coroutine.create(function() error(object) end))) == object)
print("nil", coroutine.resume(coroutine.create(function() error(nil) end)))
co = coroutine.create(function() return 1 end)
print(coroutine.resume(co))
print("ended", coroutine.resume(co))
co = coroutine.create(function() coroutine.yield(1) local x = nil; return x.y end)
coroutine.resume(co)
local ok, message = coroutine.resume(co)
print("runtime error", ok, message:match("^cases/profile/coroutine/errors.lua:14:"))
local me
me = coroutine.create(function() return coroutine.resume(me) end)
local _, inner = coroutine.resume(me)
print("itself", inner)
print("outside", (pcall(coroutine.yield)))
