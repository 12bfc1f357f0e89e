-- shows: loadstring compiles a string.
-- proves: base.loadstring
-- like: Lua 5.1

print("result", loadstring("return 1 + 1")())
local f, message = loadstring("x x", "=name")
print("error", f, message:match("^name:1:"))
print("name", pcall(loadstring("error('e')", "=name")))
print("varargs", loadstring("return ...")(1, 2))
print("new function each time", loadstring("return 1") ~= loadstring("return 1"))
