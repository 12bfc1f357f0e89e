-- shows: os.time and os.date convert between seconds and fields; os.difftime subtracts.
-- proves: os.time, os.date, os.difftime

print("now", type(os.time()), os.time() % 1 == 0, os.time() > 1.6e9)
local noon = os.time{year = 2024, month = 5, day = 17, hour = 12}
print("noon is the default", os.time{year = 2024, month = 5, day = 17} == noon)
print("minutes and seconds", os.time{year = 2024, month = 5, day = 17, hour = 12, min = 1, sec = 5} - noon)
print("normalised", os.time{year = 2024, month = 4, day = 47, hour = 12} == noon)
print("month too big", os.time{year = 2023, month = 17, day = 17, hour = 12} == noon)
print("strings", os.time{year = "2024", month = "5", day = "17", hour = "12"} == noon)
print("missing field", (pcall(os.time, {year = 2024, month = 5})))
print("difftime", os.difftime(noon + 60, noon), os.difftime(noon, noon + 60))
local t = os.date("*t", noon)
print("fields", t.year, t.month, t.day, t.hour, t.min, t.sec, t.wday, t.yday, type(t.isdst))
print("back", os.time(t) == noon)
local u = os.date("!*t", 86400)
print("utc", u.year, u.month, u.day, u.hour, u.min, u.sec, u.wday, u.yday, u.isdst)
