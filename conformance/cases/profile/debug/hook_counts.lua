-- shows: Count hooks are called after so many instructions, in loops and calls.
-- proves: debug.sethook, debug.sethook.count

local n
local function count(step, f)
    n = 0
    debug.sethook(function(event, line)
        assert(event == "count" and line == nil)
        n = n + 1
    end, "", step)
    f()
    debug.sethook()
    return n
end
local function loop() for i = 1, 10000 do end end
local function recursion(n) if n > 0 then recursion(n - 1) end end
local one, ten, thousand = count(1, loop), count(10, loop), count(1000, loop)
-- Whether the hook's own instructions count differs.
print(one >= 10000, one < 12000, ten >= 900, ten < 11000, thousand >= 9, thousand <= 25)
print(count(1, function() recursion(100) end) > 300, count(1, function() end) > 0)
print(count(2 ^ 29, loop))
-- A hook that raises an error ends what runs.
debug.sethook(function() error("enough", 0) end, "", 1000)
print(pcall(function() while true do end end))
debug.sethook()
debug.sethook(function() error({"a table"}) end, "", 100)
local ok, e = pcall(loop)
debug.sethook()
print(ok, type(e), e[1])
-- All events of one hook.
local events = {}
debug.sethook(function(event) events[event] = true end, "crl", 1)
tostring(1)
debug.sethook()
print(events.call, events["return"], events.line, events.count)
