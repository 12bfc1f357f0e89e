-- shows: A table may become weak, and strong again, at any time.
-- proves: lua.weak.late
-- needs: weaktables

local function fill(t)
    t[1], t.x, t[{}] = {}, {}, {}
    return t
end
local function count(t)
    local n = 0
    for _ in pairs(t) do
        n = n + 1
    end
    return n
end

local before = setmetatable(fill {}, {__mode = "k"})
local meta = {}
local after = setmetatable({}, meta)
local inside = {{{fill(setmetatable({}, meta))}}}
local function hidden()
    local t = fill(setmetatable({}, meta))
    return function() return t end
end
local upvalue = hidden()
local thread = coroutine.wrap(function()
    local t = fill(setmetatable({}, meta))
    while true do
        coroutine.yield(t)
    end
end)
thread()
for i = 1, 100 do
    setmetatable({}, {__index = meta})
end
fill(after)
meta.__mode = "v"
collectgarbage()
print(count(before), count(after), count(inside[1][1][1]), count(upvalue()), count(thread()))
meta.__mode = nil
fill(after)
collectgarbage()
print(count(after), count(fill(upvalue())))
rawset(meta, "__mode", "k")
collectgarbage()
print(count(after), count(upvalue()))
setmetatable(after, nil)
fill(after)
collectgarbage()
print(count(after))
getmetatable(before).__mode = "v"
collectgarbage()
print(count(before))
setmetatable(before, {__index = function() return "from the metatable" end, __mode = "kv"})
collectgarbage()
print(count(before), before.field)
