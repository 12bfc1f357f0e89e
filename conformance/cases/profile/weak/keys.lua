-- shows: Fields of a table with weak keys are gone when nothing else reaches their keys; other keys stay.
-- proves: lua.weak.keys
-- needs: weaktables

local kept, keptFunction = {}, function() end
local thread = coroutine.create(function() end)
local t = setmetatable({}, {__mode = "k"})
local count = 0

local function fill()
    for i = 1, 20 do
        t[{}] = i
        t[function() return i end] = i
        t[i] = {i}
        t["name" .. i] = {}
        t[i + 0.5] = {}
    end
    t[coroutine.create(fill)] = 1
    t[coroutine.wrap(fill)] = 2
    t[kept], t[keptFunction], t[thread], t[print] = {1}, {2}, {3}, {4}
    t[true], t[false] = {}, {}
end
local function look()
    local types = {table = 0, ["function"] = 0, thread = 0, number = 0, string = 0, boolean = 0}
    for k, v in pairs(t) do
        types[type(k)] = types[type(k)] + 1
        assert(t[k] == v)
    end
    print(types.table, types["function"], types.thread, types.number, types.string, types.boolean)
end
fill()
collectgarbage()
look()
print(t[kept][1], t[keptFunction][1], t[thread][1], t[print][1], #t, t[20][1], type(t.name20))
kept = nil
collectgarbage()
look()
kept = {}
for i = 1, 3 do -- again and again
    fill()
    collectgarbage()
    look()
end
