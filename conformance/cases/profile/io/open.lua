-- shows: io.open opens a file, or returns nil, a message and a number.
-- proves: io.open, io.type, file:close, io.tostring

local name = os.tmpname()
local file = assert(io.open(name, "w"))
print("type", io.type(file), type(file))
print("tostring", tostring(file):match("^file %(0x%x+%)$") ~= nil)
print("close", file:close())
print("closed", io.type(file), tostring(file))
print("use of a closed file", pcall(file.write, file, "x"))
print("close again", (pcall(file.close, file)))
print("no file", io.type("x"), io.type({}), io.type(nil))
os.remove(name)
local f, message, code = io.open(name)
print("missing", f, message == name .. ": No such file or directory", code)
print("missing to update", (io.open(name, "r+")))
print("folder that is not there", (io.open(name .. "/x/y", "w")))
print("no name", (pcall(io.open)))
