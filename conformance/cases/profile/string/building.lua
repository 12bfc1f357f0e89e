-- shows: Strings as scripts build and take them apart.
-- proves: string.gsub, string.gmatch, string.format

local function split(s, sep)
    local t = {}
    for part in (s .. sep):gmatch("(.-)" .. sep:gsub("%p", "%%%0")) do t[#t + 1] = part end
    return t
end
print("split", table.concat(split("a,b,,c", ","), "|"), #split("", ","), #split("a.b.c", "."))
print("trim", "[" .. ("  two words \t\n"):match("^%s*(.-)%s*$") .. "]")
print("url", ("a b&c=d/\195\169"):gsub("[^%w]", function(c) return ("%%%02X"):format(c:byte()) end))
print("back", (("a%20b%26"):gsub("%%(%x%x)", function(h) return string.char(tonumber(h, 16)) end)))
print("template", (("Hello $name, $$5"):gsub("%$(%w+)", {name = "World"})))
print("camel", (("some_snake_case"):gsub("_(%l)", string.upper)))
print("hex", (("Lua\0"):gsub(".", function(c) return ("%02x"):format(c:byte()) end)))
print("thousands", (("1234567"):reverse():gsub("(%d%d%d)", "%1,"):reverse():gsub("^,", "")))
print("csv", ('1,"a,b",x'):match('^(%d+),"([^"]*)",(%w)$'))
print("wrap", (("the quick brown fox"):gsub("(%S+)%s*", "<%1>")))
print("escape", (("a.b*c"):gsub("[%^%$%(%)%%%.%[%]%*%+%-%?]", "%%%0")))
local n = 0
for line in ("one\ntwo\n\nfour"):gmatch("([^\n]*)\n?") do n = n + 1 end
print("lines at least", n >= 4)
print("path", ("/usr/lib/lua/5.1/x.lua"):match("([^/]+)%.(%w+)$"))
print("date", ("2024-05-17T12:34:56Z"):match("^(%d+)-(%d+)-(%d+)T(%d+):(%d+):(%d+)Z$"))
print("pad", ("%-10s|%10s|%05.1f"):format("left", "right", 3.14159))
