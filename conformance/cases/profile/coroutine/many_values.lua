-- shows: Many values go through yield and resume, none is lost, and deep recursion may yield at its bottom.
-- proves: coroutine.resume, coroutine.yield, lua.calls.recursion
-- needs: coroutines

local unpack = table.unpack or unpack
local list = {}
for i = 1, 200 do list[i] = i end
local co = coroutine.wrap(function(...)
    local n = select("#", ...)
    while true do n = n + select("#", coroutine.yield(n, ...)) end
end)
print(select("#", co(unpack(list))), (co(unpack(list))), (co()), (co(nil, nil)))
local t = coroutine.wrap(function() return {coroutine.yield()}, {1, coroutine.yield()}, {coroutine.yield(), 2} end)
t() t(unpack(list)) t(3, 4)
local a, b, c = t(5, 6)
print(#a, a[200], #b, b[3], #c, c[1], c[2])
local function deep(n, ...)
    if n == 0 then return coroutine.yield(...) end
    local x = deep(n - 1, ...)
    return x + 1
end
co = coroutine.wrap(deep)
print(co(3000, "down"), co(0))
local function vararg(...) return coroutine.yield(...) end
co = coroutine.wrap(function(...) return vararg(0, vararg(...)) end)
print(co(1, nil, 3))
print(co("a", "b"))
print(co("c", nil))
