-- shows: Tables cross as copies, into setups and callbacks and back, with cycles and shared parts and without metatables.
-- proves: call.tables, call.unsupported, call.refused, newstate.arguments, mtstates.state:call, mtstates.newstate
-- edition: seed, 0.4
local check = require "check"
local mtstates = require "mtstates"

local code = [[
    local first = ...
    return function(...)
        first = ... or first
        return ...
    end, first]]
local echo, back = mtstates.newstate(nil, code, { from = "setup" })
check.equal(back.from, "setup")

-- What a copy has, and what it has not.
local shared = { "shared" }
local original = setmetatable({
    1, "two", false, { 3, { 4, { 5 } } },
    key = "value", [1.5] = "half", [-1] = "minus", [2 ^ 40] = "large", [true] = "yes", [""] = "empty", ["a\0b"] = "zero",
    first = shared, second = { shared }, none = {},
}, { __index = { hidden = true }, __len = function() return 77 end, __metatable = "closed" })
local copy, last = echo:call(original, "last")
check.equal(last, "last")
check.equal(copy == original, false)
check.values({ n = 3, 1, "two", false }, copy[1], copy[2], copy[3])
check.equal(#copy, 4)
check.equal(copy[4][2][2][1], 5)
check.equal(copy.key .. copy[1.5] .. copy[-1] .. copy[2 ^ 40] .. copy[true] .. copy[""] .. copy["a\0b"], "valuehalfminuslargeyesemptyzero")
check.equal(copy.first, copy.second[1])
check.equal(next(copy.none), nil)
check.equal(copy.hidden, nil)
check.equal(getmetatable(copy), nil)
local fields = 0
for _ in pairs(copy) do fields = fields + 1 end
check.equal(fields, 14)

-- A change on one side is not one on the other.
copy.key, shared[1] = "changed", "changed"
check.equal(original.key .. copy.first[1], "valueshared")

-- Cycles, tables as keys, one table several times.
local a, b = { name = "a" }, { name = "b" }
a.a, a.b, b.a, b[a], a[b] = a, b, a, b, "key"
local ca, cb, again = echo:call(a, b, a)
check.equal(ca.name .. cb.name, "ab")
check.values({ n = 6, again, cb, ca, cb, "key", ca }, ca, ca.b, cb.a, cb[ca], ca[cb], ca.a)
local twins = {}
for _ = 1, 60 do twins = { twins, twins } end -- without identity 2^60 tables
twins = echo:call(twins)
check.equal(twins[1][1][2], twins[2][2][1])

-- Long and deep ones, and many.
local long = {}
for i = 1, 20000 do long[i] = i end
long = echo:call(long)
check.equal(#long, 20000)
check.equal(long[12345], 12345)
local deep, levels = {}, 1
for _ = 2, 200000 do deep = { deep } end
deep = echo:call(deep)
while deep[1] do deep, levels = deep[1], levels + 1 end
check.equal(levels, 200000)
local unpack, many = unpack or table.unpack, {}
for i = 1, 1000 do many[i] = { i } end
many = { echo:call(unpack(many)) }
check.equal(#many, 1000)
for i = 1, 1000 do check.equal(many[i][1], i) end

-- Holes, and fields that were cleared, during a traversal as well.
local holes = { 1, nil, 3, nil, 5, x = 1, y = 2, z = 3 }
for k in pairs(holes) do if k == "y" or k == 3 then holes[k] = nil end end
holes = echo:call(holes)
check.values({ n = 7, 1, nil, nil, 5, 1, nil, 3 }, holes[1], holes[2], holes[3], holes[5], holes.x, holes.y, holes.z)

-- What cannot cross is named by its place, and nothing has changed.
local function refused(want, value)
    check.fails("bad argument #2 to 'call' (type " .. want .. ")", echo.call, echo, 1, value)
    check.fails("bad argument #3 to 'newstate' (type " .. want .. ")", mtstates.newstate, nil, code, value)
    print(want)
end
refused("'function' not supported at [1].handlers.open", { { handlers = { open = print } } })
refused("'function' not supported at a[\"b c\"][true][0.5]", { a = { ["b c"] = { [true] = { [0.5] = print } } } })
refused("'function' not supported at [\"end\"][\"1st\"]", { ["end"] = { ["1st"] = print } })
refused("'function' not supported at x[key function]", { x = { [print] = 1 } })
refused("'function' not supported at [key table].f", { [{ f = print }] = 1 })
refused("'userdata' not supported at files.out", { files = { out = io.stdout } })
check.equal(echo:call("still works"), "still works")
local bad = mtstates.newstate("local t = { list = { 1, print } } return function() return 1, t end")
print(check.details(check.fails(mtstates.error.state_result, bad.call, bad)))
print(check.details(check.fails(mtstates.error.state_result, mtstates.newstate, "return print, { [{}] = print }")))
print(check.details(check.fails(mtstates.error.state_result, bad.call, bad)))
