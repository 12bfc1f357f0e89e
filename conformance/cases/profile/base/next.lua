-- shows: next goes through a table; fields may be cleared and changed on the way.
-- proves: base.next, base.next.clearing

print("empty", next({}))
print("one", next({"a"}))
print("end", next({"a"}, 1))
local t, seen = {}, 0
for i = 1, 100 do t[i] = i end
for i = 1, 100 do t["k" .. i] = i end
local k, v = next(t)
while k ~= nil do
    seen = seen + v
    t[k] = nil
    k, v = next(t, k)
end
print("cleared on the way", seen, next(t))
local u = {a = 1, b = 2, c = 3, 10, 20}
for k in pairs(u) do u[k] = 0 end
print("changed on the way", u.a + u.b + u.c + u[1] + u[2])
local sum, count = 0, 0
for _, value in next, {1, 2, 3, x = 4} do sum, count = sum + value, count + 1 end
print("in a for", sum, count)
print("unknown key", (pcall(next, {}, "nothing")))
print("no table", (pcall(next)))
