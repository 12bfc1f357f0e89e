-- shows: A coroutine that is never resumed again does no harm.
-- proves: coroutine.create.left
-- needs: coroutines

for i = 1, 100 do
    local co = coroutine.wrap(function() coroutine.yield(1) end)
    co()
end
print(collectgarbage())
print((pcall(error)))
