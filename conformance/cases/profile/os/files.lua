-- shows: Files are named, renamed and removed; a failure is nil, a message and a number.
-- proves: os.tmpname, os.rename, os.remove

local name = os.tmpname()
local second = os.tmpname()
print("tmpname", type(name), name ~= second, os.remove(second))
local file = assert(io.open(name, "w"))
file:write("text")
file:close()
local other = name .. ".renamed"
print("rename", os.rename(name, other))
print("gone", io.open(name) == nil)
print("there", (io.open(other) or io.stdout):close())
print("remove", os.remove(other))
print("removed", io.open(other) == nil)
local ok, message, code = os.remove(other)
print("remove again", ok, message == other .. ": No such file or directory", code)
local ok, message, code = os.rename(other, name)
print("rename again", ok, message:find("No such file or directory", 1, true) ~= nil, code)
