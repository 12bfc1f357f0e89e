-- shows: A syntax error names what was expected and the token where it was found.
-- proves: base.load.tokens
-- like: Lua 5.1

for _, text in ipairs {"x = =", "x = }", "x = 1 y", "x", "f() = 1", "(x)", "a, f() = 1", "if x then", "if x then\n\ny()\n", "for i = 1 do end",
    "for i do end", "for 1 = 2, 3 do end", "for a, b = 1 do end", "while x\ny()", "repeat x()", "function f(a, 1) end", "function f(a,) end",
    "function f(a b) end", "function (a) end", "local function a.b() end", "local 1 = 2", "return return", "break",
    "x = {1, 2", "x = {\n1, 2\n", "x = {[1 = 2}", "x = {[1] 2}", "x = f(1, 2", "x = (1\n2", "x:y = 1", "function f() return ... end",
    "x = 1 end", "x = @", "x = ~1", "x = 1 + ", "x = 'a' 'b'", "x = [[a]] [[b]]", "x = 'abc", "x = 'abc\n'", "x = [[\n\nabc", "--[[\nabc",
    "x = [=abc", "elseif", "x = function end", "f(", "f(,)", "x.1 = 2", "x.y.z", "local x, = 1", "do\n\nend end", "and", "x = not", "x = #"} do
    local _, message = loadstring(text, "=text")
    print((text:gsub("\n", "\\n")), message)
end
