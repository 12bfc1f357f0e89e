-- shows: A coroutine may yield in metamethods of each kind, and the operation goes on with their results.
-- proves: coroutine.yield.metamethods
-- needs: continuations
-- like: Lua 5.2

local log = {}
local function yielder(name) return function(a, b) return coroutine.yield(name) end end
local mt = {
    __add = yielder "add", __sub = yielder "sub", __mul = yielder "mul", __div = yielder "div", __mod = yielder "mod",
    __pow = yielder "pow", __unm = yielder "unm", __len = yielder "len", __concat = yielder "concat",
    __eq = yielder "eq", __lt = yielder "lt", __le = yielder "le",
    __index = function(t, k) return coroutine.yield("index " .. tostring(k)) end,
    __newindex = function(t, k, v) coroutine.yield("newindex " .. tostring(k) .. " " .. tostring(v)) end,
    __call = function(self, ...) return coroutine.yield("call", ...) end,
}
local a, b = setmetatable({}, mt), setmetatable({}, mt)
local global = a
local function run(f, ...)
    local co = coroutine.wrap(function() return "done", f() end)
    local answers, n = {...}, 0
    local v = {co()}
    while v[1] ~= "done" do
        n = n + 1
        log[#log + 1] = v[1]
        v = {co(answers[n])}
    end
    print(table.concat(log, ", "), table.unpack(v, 2, 10))
    log = {}
end
run(function() return a + b, a - 1, 2 * a, a / b, a % 3, 4 ^ a, -a, #a end, 1, 2, 3, 4, 5, 6, 7, 8)
run(function() return a.x, a[1], a.y.z end, 1, 2, a, 4)
run(function() a.x = 1 a[2] = "v" a.y.z = 3 return "set" end, nil, nil, a)
run(function() return a == b, a ~= b, a < b, a <= b, a > b, a >= b end, true, true, false, true, nil, 1)
run(function() return not (a == b), not (a < b), a == b and 1 or 2, a <= b and 1 or 2 end, 1, false, nil, 2)
run(function() local n = 0 while a < b do n = n + 1 end repeat n = n + 10 until a == b return n end, 1, 2, false, nil, true)
run(function() return a .. b, a .. "x", "x" .. a, "x" .. "y" .. a .. "z", a .. 1 .. 2 end, "1", "2", "3", "4", "5", "6", "7")
run(function() return a(), a(1), (a(1, 2)), select("#", a(3)) end, 1, 2, 3, 4)
run(function() return a:method(5) end, function(self, n) return rawequal(self, a), n end)
run(function() local t = {a.x, a.y, n = a.z, a()} return t[1], t[2], t.n, t[3] end, 1, 2, 3, 4)
run(function() for i = a + 1, a + 2 do log[#log + 1] = "i" .. i end return global.name end, 3, 4, "name")
run(function() return a % 2 + b % a, -(-a), #a .. #b end, 1, 2, a, 4, 5, 6)
local less = setmetatable({}, {__lt = function() return coroutine.yield("only lt") end})
run(function() return less <= less, less >= less, 1 <= less, less <= 1 end, true, false, nil, 1)
local chain = setmetatable({}, {__index = setmetatable({}, {__index = a, __newindex = a}), __newindex = b})
run(function() chain.k = 1 return chain.deep end, nil, "found")
run(function() return pcall(function() return a + (a.x).y end) end, nil)
run(function() return pcall(function() return a < b and error("thrown", 0) end) end, true)
