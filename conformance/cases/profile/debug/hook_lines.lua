-- shows: Line hooks are called for each line that runs, with its number.
-- proves: debug.sethook, debug.sethook.line

local seen = {}
local function trace(f, ...)
    seen = {}
    debug.sethook(function(event, line)
        seen[#seen + 1] = line - debug.getinfo(f, "S").linedefined
        assert(event == "line" and debug.getinfo(2, "l").currentline == line)
    end, "l")
    f(...)
    debug.sethook()
    seen[#seen] = nil -- the line of the call above
    print(table.concat(seen, " "))
end
trace(function()
    local x = 1
    local y =
        2
    return x + y
end)
trace(function()
    for i = 1, 3 do
        local x = i
    end
    for _, v in ipairs {1, 2} do
        local x = v
    end
end)
trace(function(n)
    while n > 0 do
        n = n - 1
        if n == 1 then
            n = n + 0
        elseif n == 2 then
            n = n - 0
        else
            n = n * 1
        end
    end
    repeat
        n = n + 1
    until n == 3
end, 4)
trace(function()
    local t = setmetatable({}, {__index = function(t, k)
        return k
    end})
    local x = t.a
    x = t.b .. t.c
    local s = ("abc"):gsub(".", function(c)
        return c
    end)
    pcall(function()
        error("x")
    end)
    return x
end)
trace(function() local x = 1 while x < 3 do x = x + 1 end end)
trace(function()
    local co = coroutine.wrap(function()
        local x = 1
        coroutine.yield(x)
    end)
    co()
    co()
end)
