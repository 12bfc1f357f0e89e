-- shows: Hooks are off inside hooks, may change hooks there, and their errors arrive.
-- proves: debug.sethook, debug.sethook.inside, debug.gethook

local function hook() end
print(debug.gethook())
debug.sethook(hook, "crl", 7)
print(select(2, debug.gethook()))
print(debug.gethook() == hook)
debug.sethook(hook, "l")
print(select(2, debug.gethook()))
debug.sethook(nil)
print(debug.gethook())
debug.sethook(hook, "c")
debug.sethook()
print(debug.gethook())

local calls = 0
debug.sethook(function()
    calls = calls + 1
    local x = tostring(calls)
    string.gsub("abc", ".", function(c) return c end)
    for i = 1, 10 do
        x = i
    end
end, "c")
tostring(1)
debug.sethook()
print(calls) -- tostring and sethook

-- A hook that sets another one, and one that takes itself away.
local log = {}
local function second(event) log[#log + 1] = "second " .. event debug.sethook() end
debug.sethook(function(event)
    log[#log + 1] = "first " .. event
    debug.sethook(second, "c")
end, "c")
tostring(1)
tostring(2)
tostring(3)
print(table.concat(log, ", "), debug.gethook())

-- Errors.
print(pcall(function()
    debug.sethook(function()
        debug.sethook()
        error("in the hook", 0)
    end, "c")
    tostring(1)
end))
print(debug.gethook())
print(pcall(tostring, 1))
print(pcall(function()
    debug.sethook(function(_, line) debug.sethook() error("line") end, "l")
    local x = 1
end))
-- After an error hooks work.
calls = 0
debug.sethook(function() calls = calls + 1 end, "c")
tostring(1)
debug.sethook()
print(calls)
-- A hook stays when it has raised an error.
local fails = 0
debug.sethook(function()
    fails = fails + 1
    if fails == 2 then error("once", 0) end
end, "c")
local ok, e = pcall(tostring, 1)
tostring(1)
debug.sethook()
print(ok, e, fails)
-- A protected call inside a hook.
local caught
debug.sethook(function() caught = {pcall(error, "caught")} end, "c")
tostring(1)
debug.sethook()
print(caught[1], caught[2])
for _, arguments in ipairs {{1, "c"}, {print}, {print, {}}, {print, "c", "x"}} do
    local ok, message = pcall(debug.sethook, (unpack or table.unpack)(arguments))
    print(ok, (message:gsub(" to '.*'", "")))
end
