-- shows: The local variables of a suspended coroutine, and its levels.
-- proves: debug.getlocal.coroutine, debug.setlocal, debug.getinfo
-- needs: coroutines

local function inner(n) local got = coroutine.yield(n) return got end
local co = coroutine.create(function(p)
	local q = 7
	local r = inner(q)
	return p, q, r
end)
coroutine.resume(co, "p", "more")
print(debug.getlocal(co, 1, 1))
print(debug.getlocal(co, 2, 1))
print(debug.getlocal(co, 2, 2))
print(debug.setlocal(co, 2, 2, "set"), debug.setlocal(co, 1, 9, "nothing"))
print((pcall(debug.getlocal, co, 3, 1)), (pcall(debug.getlocal, co, 3)))
local at = {}
for level = 0, 3 do
	local info = debug.getinfo(co, level, "Sl")
	at[#at + 1] = info and (info.what == "Lua" and info.currentline or "not Lua") or "none"
end
print(at[1], at[2], at[3], at[4])
local text = debug.traceback(co)
print(text:find("'[%w.]*yield'") ~= nil, select(2, text:gsub("\n", "")))
print(coroutine.resume(co, "r"))
print(debug.getinfo(co, 0), (pcall(debug.getlocal, co, 0, 1)))
local fresh = coroutine.create(function(x) return x end)
print(debug.getinfo(fresh, 1), debug.traceback(fresh))
-- From inside, and from a coroutine about the one that has resumed it.
print(coroutine.wrap(function(a) local b = 2 return debug.getlocal(1, 2) end)(1))
local outer = coroutine.create(function()
	local mine = "outer"
	return coroutine.wrap(function(o) return debug.getlocal(o, 1, 1) end)(coroutine.running())
end)
print(coroutine.resume(outer))
