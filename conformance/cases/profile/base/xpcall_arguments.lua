-- shows: Further arguments of xpcall go to the function.
-- proves: base.xpcall.arguments
-- like: Lua 5.2

print("arguments", xpcall(function(...) return select("#", ...), ... end, print, 1, nil, "x"))
print("to error", xpcall(error, function(e) return e end, "text", 0))
print("none", xpcall(function(...) return select("#", ...) end, print))
