-- shows: file:lines and io.lines go through the lines of a file.
-- proves: file:lines, io.lines

local name = os.tmpname()
local f = assert(io.open(name, "w"))
f:write("one\n\nthree")
f:close()
local all = {}
for line in io.lines(name) do all[#all + 1] = "<" .. line .. ">" end
print("io.lines", #all, table.concat(all))
f = io.open(name)
all = {}
for line in f:lines() do all[#all + 1] = line end
print("file:lines", #all, table.concat(all, "|"))
print("stays open", io.type(f), f:read())
f:close()
local n = 0
for _ in io.lines(name) do
    n = n + 1
    if n == 2 then break end
end
print("left early", n)
f = io.open(name, "w")
f:close()
for line in io.lines(name) do n = line end
print("empty file", n)
os.remove(name)
print("missing", (pcall(io.lines, name)))
print("message", select(2, pcall(io.lines, name)):find("No such file or directory", 1, true) ~= nil)
