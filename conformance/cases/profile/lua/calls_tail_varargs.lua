-- shows: A vararg function may end in a tail call with any number of arguments, and needs no room on the stack for it.
-- proves: lua.calls.tail, lua.varargs

local function count(...) return select("#", ...), ... end
local function none() return "none" end
local function one(a) return a end
local function five(a, b, c, d, e) local f, g = a, e return f, b, c, d, g end
local function mixed(a, ...) return a, select("#", ...) end
for _, f in ipairs {none, one, five, mixed, count, math.max, tostring, setmetatable({}, {__call = function(_, ...) return "called", ... end})} do
    local function all(...) return f(...) end
    local function fixed(...) return f(1, 2) end
    local function rest(_, ...) return f(...) end
    local function twice(...) return all(...) end
    local function last(...) local n = select("#", ...) return f(n, (...)) end
    print(all(1, 2, 3, 4, 5, 6, 7, 8), fixed(9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9))
    print(rest(0, 1), twice(1, 2, 3, 4, 5, 6), last(1), fixed())
    print(pcall(all, 1), pcall(rest, 1, 2, 3))
end
local wide = {}
for i = 1, 200 do wide[i] = i end
local function forward(...) return count(...) end
print((forward((unpack or table.unpack)(wide))), select("#", forward((unpack or table.unpack)(wide))))

local function loop(n, ...)
    if n == 0 then return select("#", ...), ... end
    return loop(n - 1, ...)
end
print(loop(100000), loop(100000, "a"), loop(100000, "a", "b", "c"))
local function shift(n, a, ...) if n == 0 then return a, ... end return shift(n - 1, ..., a) end
print(shift(1001, 1, 2))

local object = {n = 0}
function object:add(...) self.n = self.n + select("#", ...) return self:get(...) end
function object:get(...) return self.n, ... end
print(object:add(1, 2, 3, 4, 5, 6, 7, 8))
local function keep(...)
    local a, b = ...
    local function get() return a, b end
    a = a + 1
    return (function(f, ...) return f(), ... end)(get, ...)
end
print(keep(1, 2, 3), keep(5, 6))
local command = {get = function() return "ok" end, echo = function(...) return ... end}
local function dispatch(cmd, ...) return command[cmd](...) end
print(dispatch("get", 1, 2, 3, 4, 5), dispatch("echo", 1, nil, 3), dispatch("echo"))
