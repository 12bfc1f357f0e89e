-- shows: Fields of a table with weak values are gone when nothing else reaches their values.
-- proves: lua.weak.values
-- needs: weaktables

local kept, keptFunction = {}, function() return kept end
local thread = coroutine.create(function() end)
local t = setmetatable({}, {__mode = "v"})

local function fill()
    for i = 1, 20 do
        t[i] = {}
        t["name" .. i] = {i}
        t[i + 0.5] = function() return i end
        t[{}] = {}
    end
    t.thread, t.closure = coroutine.create(fill), coroutine.wrap(fill)
    t.kept, t.keptFunction, t.keptThread, t[1] = kept, keptFunction, thread, kept
    t.string, t.number, t.boolean = "a string", 2 ^ 70, false
    t[kept] = "value"
    local cycle = {}
    cycle.self, cycle.table = cycle, t
    t.cycle = cycle
    t.print = print
end
fill()
collectgarbage()

local names = {}
for k in pairs(t) do
    names[#names + 1] = k == kept and "(kept)" or tostring(k)
end
table.sort(names)
print(table.concat(names, " "))
print(t.kept == kept, t.keptFunction == keptFunction, t.keptThread == thread, t[1] == kept, t[kept], t.print == print)
print(t.string, t.number == 2 ^ 70, t.boolean, t.cycle, t[2], t.name3, t[1.5])
t[2], t.name3 = kept, kept
collectgarbage()
print(t[2] == kept, t.name3 == kept, #t)
