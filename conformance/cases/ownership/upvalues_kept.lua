-- shows: A collection in the middle of everything leaves upvalues as they are: open, shared, in loops and in recursion.
-- proves: state.collect
-- edition: seed, 0.4
local check = require "check"

local x, y = 1, 10
local function add(n) x = x + n return x end
local function both() return x + y end
collectgarbage()
check.equal(add(1), 2)
x = 5
check.equal(both(), 15)
check.equal(add(1), 6)
y = 20
collectgarbage()
check.equal(both(), 26)

local list = {}
for i = 1, 5 do
    local n = i
    list[i] = {
        get = function() return n end,
        set = function(v) n = v end,
    }
    if i % 2 == 0 then collectgarbage() end
    n = n * 10
end
for i = 1, 5 do check.equal(list[i].get(), i * 10) end
list[3].set("three")
collectgarbage()
check.equal(list[3].get(), "three")

local function counter()
    local n = 0
    return function() n = n + 1 collectgarbage() return n end, function() return n end
end
local a, seeA = counter()
local b, seeB = counter()
check.equal(a() + a() + b(), 4)
check.equal(seeA(), 2)
check.equal(seeB(), 1)

local function deep(n)
    local here = n
    local function get() return here end
    if n > 0 then
        local below = deep(n - 1)
        collectgarbage()
        here = here + below()
    end
    return get
end
check.equal(deep(10)(), 55)

local shared
do
    local value = 1
    local function up() value = value + 1 end
    shared = function() return value end
    collectgarbage()
    up()
    pcall(function() up() collectgarbage() error("no") end)
    up()
end
check.equal(shared(), 4)
print(x, y, seeA(), shared())
