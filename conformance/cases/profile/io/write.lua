-- shows: file:write writes strings and numbers.
-- proves: file:write, file:flush, file:setvbuf

local name = os.tmpname()
local f = assert(io.open(name, "w+"))
print("result is true", f:write("a", 1, " ", 2.5, "\n", "") and true)
f:write("zero\0", "end")
print("flush is true", f:flush() and true)
f:seek("set")
print("line", f:read("*l"))
print("rest", #f:read("*a"))
print("table", (pcall(f.write, f, {})))
print("nil", (pcall(f.write, f, nil)))
print("setvbuf", f:setvbuf("full", 1024), f:setvbuf("no"), f:setvbuf("line"))
f:close()
f = io.open(name)
print("whole", #f:read("*a"))
f:close()
os.remove(name)
