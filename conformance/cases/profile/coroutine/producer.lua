-- shows: Producers and consumers exchange values through resume and yield.
-- proves: coroutine.resume, coroutine.yield
-- needs: coroutines

local function producer(list) return coroutine.create(function() for _, v in ipairs(list) do coroutine.yield(v) end end) end
local function receive(p)
    local ok, v = coroutine.resume(p)
    return ok and v or nil
end
local function filter(p, f)
    return coroutine.create(function()
        local v = receive(p)
        while v do
            coroutine.yield(f(v))
            v = receive(p)
        end
    end)
end
local source = filter(producer{"a", "b", "c"}, string.upper)
print(receive(source), receive(source), receive(source), receive(source))
local log = {}
local tasks = {}
for id = 1, 3 do
    tasks[id] = coroutine.create(function()
        for step = 1, id do
            log[#log + 1] = id .. "." .. step
            coroutine.yield()
        end
    end)
end
while #tasks > 0 do
    for i = #tasks, 1, -1 do
        coroutine.resume(tasks[i])
        if coroutine.status(tasks[i]) == "dead" then table.remove(tasks, i) end
    end
end
print(table.concat(log, " "))
local echo = coroutine.wrap(function(...)
    local n, values = select("#", ...), {...}
    while true do
        local function keep(...) n, values = select("#", ...), {...} end
        keep(coroutine.yield(n, values[1], values[n]))
    end
end)
print(echo(1, nil, 3))
print(echo())
print(echo(nil, nil))
