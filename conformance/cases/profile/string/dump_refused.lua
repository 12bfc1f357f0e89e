-- shows: Bytes that were not dumped in this process are refused.
-- proves: string.dump.refused
-- needs: dump
-- like: neither

local load = loadstring or load
local dumped = string.dump(function() return "code" end)
local function refused(text)
    local f, message = load(text, "=bytes")
    return f == nil and type(message) == "string"
end
print(load(dumped)(), refused(""), refused("\27"), refused("\27Lua"), refused("\27Lua" .. ("x"):rep(100)))
local wrong = 0
for i = 1, #dumped do
    local changed = dumped:sub(1, i - 1) .. string.char((dumped:byte(i) + 1) % 256) .. dumped:sub(i + 1)
    if not refused(changed) then wrong = wrong + 1 end
end
print(wrong, refused(dumped:sub(1, -2)), refused(dumped .. "x"), refused(dumped .. dumped), refused(dumped:rep(2)))
