-- shows: write returns the file.
-- proves: file:write.chain
-- like: Lua 5.2

local name = os.tmpname()
local f = assert(io.open(name, "w+"))
print(f:write("a"):write("b", "c") == f)
f:seek("set")
print(f:read("*a"))
f:close()
os.remove(name)
