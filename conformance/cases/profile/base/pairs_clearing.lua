-- shows: During a traversal with pairs fields may be cleared.
-- proves: base.next.clearing

local t = {}
for i = 1, 50 do t[i] = true t["k" .. i] = true end
local n = 0
for k in pairs(t) do
    n = n + 1
    t[k] = nil
end
print("all visited", n, next(t))
local u, m = {}, 0
for i = 1, 20 do u[i] = i end
for k in pairs(u) do
    for j = 1, 20 do if j ~= k then u[j] = nil end end
    m = m + 1
end
print("others cleared", m)
