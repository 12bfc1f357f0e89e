-- shows: Fields of a table with weak keys and values are gone when nothing else reaches one of both.
-- proves: lua.weak.both
-- needs: weaktables

local a, b = {}, {}
local t = setmetatable({}, {__mode = "kv"})
local other = setmetatable({}, {__mode = "weak keys and values"}) -- what has a k and a v

local function fill(t)
    t[a], t[b], t[{}], t[{}] = b, {}, a, {}
    t[1], t[2], t.x, t.y = a, {}, {}, b
end
for _, t in ipairs {t, other} do
    fill(t)
    collectgarbage()
    print(t[a] == b, t[b], t[1] == a, t[2], t.x, t.y == b)
    local n = 0
    for _ in pairs(t) do
        n = n + 1
    end
    print(n)
end
