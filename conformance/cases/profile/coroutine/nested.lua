-- shows: A yield suspends the innermost coroutine only.
-- proves: coroutine.yield
-- needs: coroutines

local inner
local outer = coroutine.create(function()
    inner = coroutine.create(function()
        coroutine.yield("inner 1")
        coroutine.yield("inner 2")
        return "inner end"
    end)
    coroutine.yield(select(2, coroutine.resume(inner)))
    coroutine.yield("outer " .. select(2, coroutine.resume(inner)))
    return "outer end"
end)
print(coroutine.resume(outer))
print(coroutine.resume(outer))
print(coroutine.resume(inner))
print(coroutine.resume(outer))
print(coroutine.status(inner), coroutine.status(outer))
local function tree(n) return n > 0 and {left = tree(n - 1), v = n, right = tree(n - 1)} or nil end
local function walk(t) if t then walk(t.left) coroutine.yield(t.v) walk(t.right) end end
local values = {}
for v in coroutine.wrap(function() walk(tree(4)) end) do values[#values + 1] = v end
print(table.concat(values, " "))
