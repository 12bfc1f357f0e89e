-- shows: Calls with methods, strings and tables, and with results of other calls.
-- proves: lua.calls

local function id(...) return ... end
print(id"string", id[[long]], #id{1, 2})
local o = {n = 5}
function o:get(x) return self.n, x end
function o.plain(x) return x end
o.deep = {inner = {}}
function o.deep.inner.f(x) return "deep", x end
function o.deep.inner:m() return self == o.deep.inner end
print(o:get(1), o.get(o, 2), o.plain(3))
print(o.deep.inner.f(4), o.deep.inner:m())
print(("x"):rep(2), #("abc"):upper())
print(id(id(1, 2), id(3, 4)))
print((id(1, 2)))
print(id(1, 2) + 10, -id(3))
local t = {id(1, 2), id(3, 4)}
print(#t)
t = {id(1, 2), (id(3, 4))}
print(#t)
print(type(id), (function() return "at once" end)())
