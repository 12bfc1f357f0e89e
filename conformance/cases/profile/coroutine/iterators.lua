-- shows: A coroutine may yield in the iterator of a for.
-- proves: coroutine.yield.iterators
-- needs: coroutines
-- like: Lua 5.2

local co = coroutine.wrap(function()
    local t = {}
    for v in function(_, last) local v = coroutine.yield(last) return v end do t[#t + 1] = v end
    return table.concat(t, " ")
end)
print(co(), co("a"), co("b"))
print(co(nil))
