-- shows: Each coroutine has its own hook, which may be set from outside and from inside.
-- proves: debug.sethook, debug.sethook.coroutine, debug.gethook
-- needs: coroutines

local log = {}
local function hook(name)
    return function(event, line)
        log[#log + 1] = name .. " " .. event .. (line and " " .. line or "")
    end
end
local function show()
    print(#log, table.concat(log, ", "))
    log = {}
end
local first = debug.getinfo(1, "l").currentline
local function body(x)
    local a = x
    coroutine.yield(a)
    a = a + 1
    return a
end
local co, other = coroutine.create(body), coroutine.create(body)
local mine = function(event, line) log[#log + 1] = event .. (line and " " .. line - first or "") end
debug.sethook(co, mine, "l")
print(debug.gethook() == nil, (debug.gethook(co)) == mine, select(2, debug.gethook(co)))
print(coroutine.resume(co, 1))
show()
print(coroutine.resume(other, 1))
show()
print(coroutine.resume(co))
show()
print((debug.gethook(co)) == mine)
debug.sethook(co)
print(debug.gethook(co))
debug.sethook(other, mine, "cr")
coroutine.resume(other)
show()
-- From inside.
local inside = coroutine.wrap(function()
    debug.sethook(mine, "c")
    tostring(1)
    coroutine.yield()
    tostring(2)
    debug.sethook()
    tostring(3)
end)
inside()
tostring(0)
inside()
show()
print(debug.gethook())
-- The main thread's hook does not see what a coroutine does.
local free = coroutine.wrap(function()
    for i = 1, 3 do
        tostring(i)
        coroutine.yield(i)
    end
end)
debug.sethook(mine, "l")
free()
free()
debug.sethook()
show()
-- An error in a hook ends the coroutine.
local dying = coroutine.create(function() tostring(1) return "not reached" end)
debug.sethook(dying, function() error("hooked", 0) end, "c")
print(coroutine.resume(dying))
print(coroutine.status(dying), debug.gethook())
-- A hook that runs coroutines.
local n = 0
local counter = coroutine.wrap(function() while true do n = n + 1 coroutine.yield(n) end end)
debug.sethook(function() counter() end, "c")
tostring(1)
tostring(2)
debug.sethook()
print(n)
-- A hook cannot yield.
local yielding = coroutine.create(function() tostring(1) return "not reached" end)
debug.sethook(yielding, function() coroutine.yield(1) end, "c")
local ok, e = coroutine.resume(yielding)
print(ok, type(e) == "string" and e:find("attempt to yield", 1, true) ~= nil)

-- A function of coroutine.wrap is called and returns like any other.
do
    local wrapped = coroutine.wrap(function() while true do coroutine.yield() end end)
    local seen = {}
    local function trace(f)
        debug.sethook(function(event)
            local name = debug.getinfo(2, "f").func
            seen[#seen + 1] = event .. (name == wrapped and " wrapped" or name == f and " f" or "")
        end, "cr")
        f()
        debug.sethook()
        print(table.concat(seen, ", ", 2))
        seen = {}
    end
    trace(function() wrapped() local after end)
    trace(function() wrapped() wrapped() local after end)
    trace(function() for _ in wrapped do end local after end)
end
