-- shows: Closures made in several coroutines keep their variables apart, also after a yield, an error and the end.
-- proves: coroutine.create.shared
-- needs: coroutines

local makers, adders = {}, {}
for i = 1, 3 do
    makers[i] = coroutine.wrap(function()
        local x = i
        local function add() x = x + 1 return x end
        coroutine.yield(add)
        coroutine.yield(x)
        x = x * 100
        return x
    end)
    adders[i] = makers[i]()
end
adders[1]() adders[2]() adders[2]()
print(makers[1](), makers[2](), makers[3](), adders[1] == adders[2])
print(makers[1](), makers[2](), adders[1](), adders[2](), adders[3]())
local escaped
local co = coroutine.create(function()
    local y = 5
    escaped = function() y = y + 1 return y end
    error("e")
end)
coroutine.resume(co)
co = nil
print(escaped(), escaped())
local f
co = coroutine.wrap(function()
    local z = 1
    f = function() z = z + 1 return z end
    coroutine.yield()
    pcall(error)
    z = z + 100
    return z
end)
co() f()
print(co(), f())
for i = 1, 2 do
    co = coroutine.wrap(function()
        for j = 1, 3 do
            local k = j * 10
            coroutine.yield(function() k = k + 1 return k end)
        end
    end)
    local a, b = co(), co()
    print(a(), a(), b())
end
