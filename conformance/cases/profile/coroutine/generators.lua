-- shows: Coroutines in coroutines, recursive generators and many of them.
-- proves: coroutine.wrap, coroutine.yield
-- needs: coroutines

local function permutations(list)
    local function go(n)
        if n == 0 then coroutine.yield(table.concat(list)) end
        for i = 1, n do
            list[i], list[n] = list[n], list[i]
            go(n - 1)
            list[i], list[n] = list[n], list[i]
        end
    end
    return coroutine.wrap(function() go(#list) end)
end
local n, all = 0, {}
for p in permutations{"a", "b", "c"} do n = n + 1 all[#all + 1] = p end
table.sort(all)
print(n, table.concat(all, " "))
local function numbers() return coroutine.wrap(function() local i = 1 while true do i = i + 1 coroutine.yield(i) end end) end
local function filter(p, g)
    return coroutine.wrap(function()
        while true do local x = g() if x % p ~= 0 then coroutine.yield(x) end end
    end)
end
local primes, source = {}, numbers()
for _ = 1, 10 do
    local p = source()
    primes[#primes + 1] = p
    source = filter(p, source)
end
print(table.concat(primes, " "))
local list = {}
for i = 1, 200 do list[i] = coroutine.create(function() local x = coroutine.yield(i) return x + i end) end
local sum = 0
for _, co in ipairs(list) do sum = sum + select(2, coroutine.resume(co)) end
for _, co in ipairs(list) do sum = sum + select(2, coroutine.resume(co, 1)) end
print(sum)
