-- shows: Fields of weak tables may go while a loop is at them.
-- proves: lua.weak.traversal
-- needs: weaktables

for _, mode in ipairs {"k", "v", "kv"} do
    local kept = {}
    local t = setmetatable({}, {__mode = mode})
    local function fill()
        for i = 1, 50 do
            local key = {}
            if i % 5 == 0 then
                kept[#kept + 1] = key
            end
            t[key] = key
        end
    end
    fill()
    local seen = 0
    local lost = 0
    for k, v in pairs(t) do
        if seen % 7 == 0 then
            collectgarbage()
        end
        seen = seen + 1
        t[k] = nil
    end
    for _, key in ipairs(kept) do
        lost = lost + (t[key] and 1 or 0)
        t[key] = key
    end
    collectgarbage()
    local found = 0
    for k, v in next, t do
        collectgarbage("step")
        assert(k == v)
        found = found + 1
    end
    print(mode, seen >= #kept, lost, found)
end
