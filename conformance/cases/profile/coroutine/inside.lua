-- shows: Inside of a coroutine everything else works as outside.
-- proves: coroutine.create
-- needs: coroutines

print(coroutine.resume(coroutine.create(function(...)
    local t = {...}
    table.sort(t, function(a, b) return a > b end)
    local ok, message = pcall(error, "caught", 0)
    local replaced = ("a-b"):gsub("%-", function() return "+" end)
    local object = setmetatable({}, {__index = function(_, k) return k .. "!" end, __call = function(_, x) return x * 2 end})
    return table.concat(t, " "), ok, message, replaced, object.key, object(21), #t
end), 2, 3, 1))
local function depth(n) if n == 0 then return 0 end return 1 + depth(n - 1) end
print(coroutine.resume(coroutine.create(depth), 1000))
print(coroutine.resume(coroutine.create(function(...) return select("#", ...), (loadstring("return ..."))(5) end)))
local co = coroutine.create(function() for i = 1, 3 do pcall(error, i) coroutine.yield(i) end end)
print(coroutine.resume(co), (select(2, coroutine.resume(co))), (select(2, coroutine.resume(co))))
