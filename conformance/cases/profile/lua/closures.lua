-- shows: Functions share the locals around them, which live as long as they are used.
-- proves: lua.closures

local function counter()
    local n = 0
    return function() n = n + 1 return n end, function() return n end
end
local inc, get = counter()
local other = counter()
print(inc(), inc(), get(), other())
local fs = {}
for i = 1, 3 do local j = i * 10 fs[i] = function() j = j + 1 return j end end
print(fs[1](), fs[1](), fs[2](), fs[3]())
local x = 1
local function set(v) x = v end
set(5)
print(x)
local function outer() local a = 1 return function() a = a + 1 return function() a = a + 1 return a end end end
local mid = outer()
print(mid()(), mid()())
local w = {}
local k = 0
while k < 2 do k = k + 1 local v = k w[k] = function() return v end end
print(w[1](), w[2]())
local function late() return later end
later = "global"
print(late())
later = nil
local function args(a) return function() a = (a or 0) + 1 return a end end
local g = args(5)
print(g(), g())
repeat local r = 7 w[3] = function() return r end until w[3]() == 7
print(w[3]())
