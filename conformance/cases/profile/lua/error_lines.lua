-- shows: An error is on the line where the last operand, field or value of the operation ends.
-- proves: lua.errors

local function e(source) print((select(2, pcall(assert(loadstring(source, "=f")))))) end
e("return (function()\nend - 1)")
e("return {function()\nend} % 2")
e("return nil < function()\nend")
e("return 1 <= {\n}")
e("return (function()\nend).x")
e("return (1)[function()\nend].y")
e("return (function()\nend):name()")
e("return [[\n\n]] .. nothing")
e("return {[0/0] = {\n\n}}")
e("return {a = 1,\n[nil] = 1}")
e("return {\n1, 2, f = {\n},\n[0/0] = 1}")
e("local t\nt.x = {\n1,\n2}")
e("local t\nt.x, t.y = 1, {\n}")
e("return -{\n}")
e("return #function()\nend")
