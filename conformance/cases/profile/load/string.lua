-- shows: load compiles a string; a syntax error is returned.
-- proves: base.load, base.load.string
-- like: Lua 5.2

print("result", load("return 1, 2")())
print("arguments", load("return select('#', ...), ...")("a", nil))
print("empty", select("#", load("")()))
local function failure(...)
    local f, message = load(...)
    return f, message:match("^.-:%d+:")
end
print("syntax error", failure("return +"))
print("named", failure("x =", "=chunk"))
print("file name", failure("x =", "@file.lua"))
print("error has the name", pcall(load("error('e')", "=named")))
print("globals", load("return print")() == print)
print("sharp", failure("# no comment"))
print("no chunk", (pcall(load)), (pcall(load, {})))
