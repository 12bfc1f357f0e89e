-- shows: dofile runs a file, loadfile compiles one.
-- proves: base.dofile, base.loadfile

local name = os.tmpname()
local function write(text)
    local file = assert(io.open(name, "w"))
    file:write(text)
    file:close()
end
write("x_of_file = (x_of_file or 0) + 1\nreturn 'ran', x_of_file")
print("dofile", dofile(name))
print("again", dofile(name))
local f = loadfile(name)
print("loadfile", type(f), f())
x_of_file = nil
write("#!/usr/bin/env lua\nreturn 'second line', debug.getinfo(1, 'l').currentline")
print("shebang", dofile(name))
write("return ...")
print("arguments", loadfile(name)(1, 2))
write("x x")
local g, message = loadfile(name)
print("syntax error", g, message:find("near 'x'", 1, true) ~= nil, message:find(":1:", 1, true) ~= nil)
print("dofile raises", (pcall(dofile, name)))
write("error('inside')")
print("error inside", (pcall(dofile, name)))
os.remove(name)
print("missing", select(2, loadfile(name)) == "cannot open " .. name .. ": No such file or directory")
print("missing", (pcall(dofile, name)))
