-- shows: os.date formats like C; ! is for UTC.
-- proves: os.date.format

local at = 1715949296
print(os.date("!%Y-%m-%d %H:%M:%S", at))
print(os.date("!%d/%m/%y", at))
print(os.date("!%a %A %b %B", at))
print(os.date("!%I %p", at), os.date("!%I %p", at - 43200), os.date("!%j", at))
print(os.date("!%c", at))
print(os.date("!%x %X", at))
print(os.date("!%w %U %W", at))
print(os.date("!100%%", at), os.date("!", at), os.date("!no format", at))
print(os.date("!%H:%M", 0), os.date("!%S", 59))
print("default", os.date() == os.date("%c") or os.date() == os.date("%c"))
print("type", type(os.date("%c")), #os.date("%Y"))
