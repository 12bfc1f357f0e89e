-- shows: A mode that is none is an error.
-- proves: io.open.wrong
-- like: Lua 5.2

local name = os.tmpname()
print((pcall(io.open, name, "x")), (pcall(io.open, name, "rw")), (pcall(io.open, name, "")))
os.remove(name)
