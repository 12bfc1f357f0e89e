-- shows: Weak tables with many fields, many weak tables, and a table that grows between collections lose only what is dead.
-- proves: lua.weak.keys, lua.weak.values, lua.weak.ephemerons
-- needs: weaktables
-- like: Lua 5.2

local function equal(got, want) if got ~= want then error(tostring(got) .. " instead of " .. tostring(want), 2) end end

local function count(t)
    local n = 0
    for _ in pairs(t) do n = n + 1 end
    return n
end

local n = 3000

-- Every third key is kept, and every second of these has itself in its value.
local keys, kept = setmetatable({}, {__mode = "k"}), {}
for i = 1, n do
    local key = {}
    keys[key] = i % 2 == 0 and {key, i} or i
    if i % 3 == 0 then kept[i] = key end
end
collectgarbage()
equal(count(keys), n / 3)
for i, key in pairs(kept) do
    local value = keys[key]
    if i % 2 == 0 then
        equal(value[1], key)
        value = value[2]
    end
    equal(value, i)
end

-- The same object is the value of many fields.
local values, one = setmetatable({}, {__mode = "v"}), {}
for i = 1, n do
    values[i] = i % 3 == 0 and one or {}
    values["k" .. i] = i % 3 == 1 and one or {}
end
collectgarbage()
equal(count(values), 2 * n / 3)
one = nil
collectgarbage()
equal(count(values), 0)

-- Many tables hold the same objects.
local all, shared = {}, {{}, {}, {}}
for i = 1, n / 10 do
    local t = setmetatable({}, {__mode = i % 2 == 0 and "k" or "kv"})
    for j, key in ipairs(shared) do t[key] = shared[j % 3 + 1] end
    t[{}] = true
    all[i] = t
end
collectgarbage()
for _, t in ipairs(all) do
    equal(count(t), 3)
    for j, key in ipairs(shared) do equal(t[key], shared[j % 3 + 1]) end
end

-- A table grows between runs of the collector, and what lives stays.
local growing, living = setmetatable({}, {__mode = "k"}), {}
for round = 1, 5 do
    for i = 1, n / 10 do
        growing[{}] = {}
        local key = {}
        living[#living + 1], growing[key] = key, #living + 1
    end
    collectgarbage()
    equal(count(growing), #living)
    for i, key in ipairs(living) do equal(growing[key], i) end
end
print("cleared")
