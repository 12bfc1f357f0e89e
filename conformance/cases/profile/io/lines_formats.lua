-- shows: lines takes the formats of read.
-- proves: io.lines.formats
-- like: Lua 5.2

local name = os.tmpname()
local f = assert(io.open(name, "w"))
f:write("ab\ncd")
f:close()
local all = {}
for a, b in io.lines(name, 1, "*l") do all[#all + 1] = a .. "-" .. tostring(b) end
print("formats", table.concat(all, " "))
all = {}
for line in io.lines(name, "*L") do all[#all + 1] = #line end
print("kept newline", table.concat(all, " "))
f = io.open(name)
all = {}
for c in f:lines(2) do all[#all + 1] = "[" .. c:gsub("\n", "\\n") .. "]" end
print("bytes", table.concat(all))
f:close()
os.remove(name)
