-- What the repairs of the VMs are about, but for what Backend.Degraded says is lost without them.
local mtstates = require "mtstates"
local llthreads = require "llthreads2"

print(1 + 2 * 3 - 4 / 8, 2 ^ 10, 7 % 3, -7 % 3, not nil, -(-5), #"abc", "a" .. "b" .. 1)
local t = {10, 20, 30, k = "v"}
local n = 0
for key, value in pairs(t) do n = n + 1 end
print(n, next({}), t[2], t.k, rawget(t, "x"))

local function counter()
    local i = 0
    return function() i = i + 1 return i end
end
local first, second = counter(), counter()
print(first(), first(), second())
print(pcall(error, "caught"), select("#", pcall(error)))
print(select(2, xpcall(function() error("inner", 0) end, function(e) return "handled " .. e end)))
print((pcall(function() local x = nil; return x.y end)))
local function vararg(...) return select("#", ...), ... end
print(vararg(1, nil, 3))
local object = setmetatable({}, {__index = function(_, key) return key .. "!" end, __call = function(_, a) return a end})
print(object.name, object(4), ("x"):rep(3), ("key=value"):match("(%w+)=(%w+)"))
local sorted = {3, 1, 2}
table.sort(sorted, function(a, b) return a > b end)
print(table.concat(sorted, " "), tostring(1000), string.format("%5.2f|%q", 3.14159, "x"))

local state = mtstates.newstate("local sum = 0 return function(n) sum = sum + n return sum end")
print(state:call(2), state:call(3))
print((pcall(state.call, state, {}, print)))
local thread = llthreads.new("local id = ... return require('mtstates').state(id):call(10)", state:id())
thread:start()
print(thread:join())
collectgarbage()
print(load("return ...", "=chunk")(7), (load("return +", "=chunk")))
