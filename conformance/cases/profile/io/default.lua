-- shows: io.input and io.output set the default files that io.read, io.write, io.lines and io.close use.
-- proves: io.input, io.output, io.read, io.write, io.close

local name = os.tmpname()
print("at first", io.input() == io.stdin, io.output() == io.stdout)
io.output(name)
print("write", io.write("one\n", 2, "\n") and true)
io.output():write("three")
print("close", io.close())
io.output(io.stdout)
print("set back", io.output() == io.stdout)
io.input(name)
print("read", io.read(), io.read("*n", 1))
local rest = {}
for line in io.lines() do rest[#rest + 1] = line end
print("lines", table.concat(rest, "|"))
local file = io.input()
print("close given", io.close(file), io.type(file))
print("read of a closed default", (pcall(io.read)))
io.input(io.stdin)
print("input back", io.input() == io.stdin)
print("missing file", (pcall(io.input, name .. ".missing")))
os.remove(name)
