-- shows: ipairs goes from 1 to the first nil, in order.
-- proves: base.ipairs

for i, v in ipairs({"a", "b", "c"}) do print(i, v) end
local n = 0
for i in ipairs({1, 2, nil, 4}) do n = i end
print("stops at nil", n)
for i in ipairs({[0] = "zero", x = 1}) do n = "wrong" end
print("nothing", n)
local t = {1, 2, 3}
for i, v in ipairs(t) do if i < 6 then t[i + 3] = v end end
print("grows", #t)
for i, v in ipairs({false, true}) do print("false is a value", i, v) end
local f, s, init = ipairs(t)
print("returns", type(f), s == t, init)
print("no table", (pcall(ipairs)))
