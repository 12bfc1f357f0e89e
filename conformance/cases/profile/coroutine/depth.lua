-- shows: Coroutines resume each other 150 deep, and endless nesting ends with an error that can be caught.
-- proves: coroutine.resume.depth
-- needs: coroutines

local function nest(n)
    if n == 0 then return coroutine.yield("deepest") end
    return 1 + coroutine.wrap(nest)(n - 1)
end
local co = coroutine.wrap(function() return nest(0) end)
print(co(), co(5))
local function count(n)
    if n == 0 then return 0 end
    local _, below = coroutine.resume(coroutine.create(count), n - 1)
    return below + 1
end
print(count(150))
local function endless() return coroutine.wrap(endless)() end
for _ = 1, 2 do
    local ok, err = pcall(endless)
    print(ok, err:match("stack overflow"))
end
print(count(100))
local ok, err = coroutine.resume(coroutine.create(endless))
print(ok, err:match("stack overflow"))
