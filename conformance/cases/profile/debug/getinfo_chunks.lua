-- shows: Chunks have the source under which they were loaded.
-- proves: debug.getinfo.source

local code = "return debug.getinfo(1, 'S')"
local i = loadstring(code)()
print(i.source == code, i.short_src, i.what)
i = loadstring(code, "=named")()
print(i.source, i.short_src)
i = loadstring(code, "@dir/file.lua")()
print(i.source, i.short_src)
i = loadstring("return (function()\n\nreturn debug.getinfo(1, 'Sl') end)()", "=f")()
print(i.what, i.linedefined, i.lastlinedefined)
print(loadstring("\n\nreturn debug.getinfo(1, 'l').currentline")())
