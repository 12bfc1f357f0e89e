-- shows: string.gmatch goes through all matches.
-- proves: string.gmatch

local words = {}
for word in string.gmatch("one two  three", "%a+") do words[#words + 1] = word end
print("words", #words, table.concat(words, "|"))
for k, v in ("a=1, b=2"):gmatch("(%w+)=(%w+)") do print("pair", k, v) end
local positions = {}
for at in ("abc"):gmatch("()") do positions[#positions + 1] = at end
print("empty matches", table.concat(positions, " "))
local parts = {}
for part in ("a,b,,c"):gmatch("([^,]*)") do parts[#parts + 1] = "<" .. part .. ">" end
print("has", parts[1], parts[#parts])
print("none", ("abc"):gmatch("%d")())
local n = 0
for _ in ("aXbX"):gmatch("X") do n = n + 1 end
print("count", n)
print("type", type(("x"):gmatch("x")))
