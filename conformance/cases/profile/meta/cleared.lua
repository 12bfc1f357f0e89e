-- shows: A field that is there is assigned to and cleared without __newindex.
-- proves: lua.meta.newindex

local calls = 0
local function counted(t) return setmetatable(t, {__newindex = function() calls = calls + 1 end}) end
local t = counted {10, 20, 30, x = 1, [2.5] = 2, [true] = 3, [print] = 4}
for _, k in ipairs {"x", 2.5, true, print, 2} do
    t[k] = nil
    print(type(k), rawget(t, k), calls)
    t[k] = nil
    t[k] = 5
    print(rawget(t, k), calls)
end
t[3] = nil
t[1] = nil
print(rawget(t, 1), rawget(t, 3), calls)

local inner = {kept = 1, gone = 2}
local outer = setmetatable({own = 1}, {__newindex = inner, __index = inner})
outer.own = nil
outer.gone = nil
outer.kept = nil
outer.own = 7
print(rawget(outer, "own"), inner.own, inner.gone, inner.kept)
local none, value = nil, 1
local u = counted {a = 1, b = 2}
u.a, u.b = none, value
print(u.a, u.b, calls)
rawset(u, "b", nil)
print(rawget(u, "b"), calls)
