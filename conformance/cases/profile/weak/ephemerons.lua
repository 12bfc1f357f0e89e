-- shows: A value under a weak key does not keep its key.
-- proves: lua.weak.ephemerons
-- needs: weaktables
-- like: Lua 5.2

local t, u = setmetatable({}, {__mode = "k"}), setmetatable({}, {__mode = "k"})
local function count(t)
    local n = 0
    for _ in pairs(t) do
        n = n + 1
    end
    return n
end

local function refer()
    for _ = 1, 10 do
        local key = {}
        t[key] = {key} -- the value refers to the key
        key = {}
        t[key] = function() return key, t end
        local co = coroutine.create(function() end)
        t[co] = {co}
        local f = function() end
        t[f] = {f}
        local first, second = {}, {}
        t[first], u[second] = {second}, {first} -- each value to the key of the other
    end
end
refer()
collectgarbage()
print(count(t), count(u))

-- A chain lives as long as its first key.
local first = {}
local function chain(n)
    local key = first
    for i = 1, n do
        local nextKey = {}
        local t = i % 2 == 0 and t or u
        t[key] = {nextKey, i}
        key = nextKey
    end
end
chain(101)
collectgarbage()
print(count(t), count(u), u[first][2], t[u[first][1]][2])
first = nil
collectgarbage()
print(count(t), count(u))

-- What only the value of a table that is gone refers to is gone with it, although the key lives.
local key = {}
local values = setmetatable({}, {__mode = "v"})
local function drop(n)
    local value = {}
    values[1] = value
    for _ = 1, n do
        value = setmetatable({[key] = {value}}, {__mode = "k"})
        values[#values + 1] = value
    end
end
drop(3)
collectgarbage()
print(count(values))
