-- shows: 10,000 arguments and results cross, from the script, to a setup, and back; too many are an error.
-- proves: fault.many_values, call.values, call.usable
local check = require "check"
local mtstates = require "mtstates"
local unpack = unpack or table.unpack

local list = {}
for i = 1, 10000 do list[i] = i end
list[17] = "x"
list[9999] = false

local echo, first, last = mtstates.newstate(nil, [[
    local first, last = ..., select(select("#", ...), ...)
    return function(...) return ... end, first, last
]], unpack(list, 1, 10000))
check.equal(first, 1)
check.equal(last, 10000)
local back = { echo:call(unpack(list, 1, 10000)) }
check.equal(#back, 10000)
for i = 1, 10000 do check.equal(back[i], list[i]) end

list[10000] = print
check.fails("bad argument #10000 to 'call' (type 'function' not supported)", echo.call, echo, unpack(list, 1, 10000))
check.equal(echo:call("works"), "works")

local many = mtstates.newstate([[
    local unpack = unpack or table.unpack
    return function(n) return unpack({}, 1, n) end
]])
check.equal(select("#", many:call(10000)), 10000)
check.equal((pcall(many.call, many, 100000000)), false)
check.equal(select("#", many:call(3)), 3)
print(#back, select("#", many:call(10)))
