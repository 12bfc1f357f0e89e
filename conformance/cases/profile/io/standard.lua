-- shows: The standard files are there.
-- proves: io.stdin, io.stdout, io.stderr, io.tmpfile

print(io.type(io.stdin), io.type(io.stdout), io.type(io.stderr))
print("write nothing", io.stdout:write() and true, io.stderr:write("") and true)
print("flush", io.stdout:flush() and true)
local f = io.tmpfile()
f:write("kept here")
f:seek("set")
print("tmpfile", io.type(f), f:read("*a"))
f:close()
print("method table", getmetatable(io.stdout).__index == getmetatable(io.stderr).__index)
