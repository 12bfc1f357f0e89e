-- shows: Each form of the end of a line is one newline in a long bracket and behind a backslash.
-- proves: lua.strings.newlines

local function bytes(source) return loadstring("return " .. source)():byte(1, -1) end
print("\\r\\n", bytes("[[a\r\nb]]"))
print("\\r", bytes("[[a\rb]]"))
print("\\n\\r", bytes("[[a\n\rb]]"))
print("two", bytes("[[a\r\n\r\nb]]"))
print("first left out", bytes("[[\r\nb]]"))
print("escaped", bytes("'a\\\r\nb'"))
print("not in quotes", (loadstring("return 'a\r\nb'")))
print("lines", select(2, pcall(loadstring("\r\n\r\nerror('third')", "=c"))))
