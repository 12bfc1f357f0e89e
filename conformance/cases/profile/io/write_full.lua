-- shows: A write that fails returns nil, a message and a number.
-- proves: file:write.failure

local name = os.tmpname()
local f = assert(io.open(name, "r"))
local ok, message, code = f:write("x")
print(ok, type(message), type(code))
f:close()
os.remove(name)
