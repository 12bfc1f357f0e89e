-- shows: lines of a closed file, and an iterator whose file was closed, are errors.
-- proves: file:lines

local name = os.tmpname()
local f = assert(io.open(name, "w+"))
f:write("a\nb\n")
f:seek("set")
local iterate = f:lines()
print("before", iterate())
f:close()
print("closed iterator", (pcall(iterate)))
print("closed file", (pcall(f.lines, f)))
os.remove(name)
