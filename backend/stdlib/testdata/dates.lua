-- os.date and os.time in UTC.
local verbs = "aAbBcCdDeFgGhHIjmMnprRStTuUVwWxXyYZ%"
for _, time in ipairs{0, 1, 86399, 951827696, 1230768000, 1104537600, 1325375999, 1609459200, 1709210096, 4102444800,
        -2208988800, 253402300800} do
    local line = {}
    for verb in verbs:gmatch(".") do line[#line + 1] = os.date("!%" .. verb, time) end
    print(time, table.concat(line, "|"))
    local d = os.date("!*t", time)
    print("", d.year, d.month, d.day, d.hour, d.min, d.sec, d.wday, d.yday, d.isdst)
    print("", os.time(d) == time, os.date("!%Ec %Oy %EY %Od", time))
end
print(os.time{year = 2024, month = 2, day = 30}, os.time{year = 2024, month = 14, day = -3, hour = 25, min = -61, sec = 100})
print(os.time{year = 2000, month = 1, day = 1, hour = 0, isdst = true}, os.time{year = "2000", month = " 1 ", day = 1.0})
print(pcall(function() return os.date("%E", 0) + 0 end)) print(pcall(function() return os.date("%Oc", 0) + 0 end)) print(pcall(function() return os.date("%k", 0) + 0 end)) print(pcall(function() return os.date("x%", 0) + 0 end))
print(os.date("", 0) == "", os.date("!", 0) == "", os.date("!*tx", 0).year, os.date("!%H", 3600.9), os.date("!%c", 2^70))
print(pcall(function() return os.time({year = 2000, month = 1}) + 0 end)) print(pcall(function() return os.time({month = 1, day = 1}) + 0 end))
print(os.time(setmetatable({}, {__index = {year = 2001, month = 2, day = 3}})))
