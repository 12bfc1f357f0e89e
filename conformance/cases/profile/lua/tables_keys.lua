-- shows: A large integer key costs no more than another key, wherever it is used.
-- proves: lua.tables

local function cost(f)
    collectgarbage()
    local before = collectgarbage("count")
    local t = f()
    collectgarbage()
    return collectgarbage("count") - before < 1024, t
end
local big = {1003054, 60000000, 2^31, 2^40, 2^46, -5, 67108863, 67108864}
for _, key in ipairs(big) do
    print(key, (cost(function() local t = {} t[key] = "assigned" return t end)))
    print("rawset", (cost(function() return rawset({}, key, 1) end)))
    print("constructor", (cost(function() return {[key] = 1, 2, 3} end)))
    print("__newindex", (cost(function() return setmetatable({}, {__newindex = {}}) end)))
    local store = {}
    local proxy = setmetatable({}, {__newindex = store, __index = store})
    proxy[key] = "through"
    print("proxy", rawget(proxy, key), rawget(store, key), proxy[key], #proxy)
end

local function sorted(t)
    local keys = {}
    for k in pairs(t) do keys[#keys + 1] = k end
    table.sort(keys)
    return table.concat(keys, " ")
end
local t = {[1003054] = 1, [2^31] = 2, 3, 4, [70] = 5}
print(#t == 2 or #t == 70, t[1003054], t[2^31], t[1], t[2], t[70], t[69], sorted(t))
t[1003054] = nil
print(t[1003054], rawget(t, 1003054), next({[1003054] = true}))
for k in pairs(t) do t[k] = nil end
print(next(t), #t)

local back = {}
for i = 1000, 1, -1 do back[i] = i end
print(#back, back[1], back[500], back[1000], back[1001])
local odd, sum = {}, 0
for i = 1, 2000, 2 do odd[i] = i end
for i = 2, 2000, 2 do odd[i] = i end
for i, v in ipairs(odd) do sum = sum + v end
print(#odd, sum)
local far = {}
for i = 1, 300 do far[i * 100] = i end
for i = 1, 30000 do far[i] = far[i] or 0 end
sum = 0
for _, v in pairs(far) do sum = sum + v end
print(#far, sum, far[100], far[30000], far[101])

local list = {1, 2, 3}
list[200] = "far"
table.insert(list, 4)
table.remove(list, 1)
print(list[200], list[1], list[2], list[3])
local n = 0
local visited = {[5] = 1, [500] = 2, [5000] = 3, x = 4, [1] = 5}
for k, v in pairs(visited) do
    n = n + v
    visited[k] = nil
end
print(n, next(visited))
print(pcall(next, {[1000000] = 1}, 1000000))
local class = setmetatable({}, {__index = {[1000000] = "inherited"}})
print(class[1000000], rawget(class, 1000000), class[1000001])
print(select("#", (unpack or table.unpack)({[1000000] = 1}, 1000000, 1000001)))
