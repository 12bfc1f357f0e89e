-- shows: The format *L keeps the newline, and formats need no star.
-- proves: file:read.L
-- like: Lua 5.2

local name = os.tmpname()
local f = assert(io.open(name, "w+"))
f:write("one\ntwo")
f:seek("set")
print("kept", #f:read("*L"), #f:read("*L"), f:read("*L"))
f:close()
os.remove(name)
