-- shows: Tables are copied into threads and back, with what is in them.
-- proves: threads.tables, threads.results
-- edition: seed, 0.4
local check = require "check"
local llthreads = require "llthreads2"

local function roundtrip(...)
    return select(2, llthreads.new(function(...) return ... end, ...):start():join())
end

local shared = {"shared"}
local original = setmetatable({
    1, "two", false, {3, {4, {5}}},
    key = "value", [1.5] = "half", [-1] = "minus", [true] = "yes", [""] = "empty", ["a\0b"] = "zero",
    first = shared, second = shared, empty = {},
}, {__index = {hidden = true}, __metatable = "closed"})
local copy, last = roundtrip(original, "last")
check.equal(last, "last")
check.equal(copy == original, false)
check.equal(copy[1], 1)
check.equal(copy[2], "two")
check.equal(copy[3], false)
check.equal(#copy, 4)
check.equal(copy[4][2][2][1], 5)
check.equal(copy.key .. copy[1.5] .. copy[-1] .. copy[true] .. copy[""] .. copy["a\0b"], "valuehalfminusyesemptyzero")
check.equal(copy.first[1], "shared")
check.equal(copy.first, copy.second)
check.equal(next(copy.empty), nil)
check.equal(copy.hidden, nil)
check.equal(getmetatable(copy), nil)

-- Tables can be keys, and one table can be several arguments.
local key = {"key"}
local keyed, same = roundtrip({[key] = 1, [2] = key}, key)
local k = next(keyed, 2) or next(keyed)
check.equal(type(k) == "table" and k[1], "key")
check.equal(k, keyed[2])
check.equal(same, k)

-- Large and deep ones, and tables that hold each other in many ways.
local big, sum = {}, 0
for i = 1, 10000 do big[i] = i end
for _, v in ipairs(roundtrip(big)) do sum = sum + v end
check.equal(sum, 50005000)
local deep, depth = {}, 0
for i = 1, 1000 do deep = {deep} end
local back = roundtrip(deep)
while back[1] do
    back, depth = back[1], depth + 1
end
check.equal(depth, 1000)
local deepest, levels = {}, 1
for i = 2, 100000 do deepest = {deepest} end
deepest = roundtrip(deepest)
while deepest[1] do deepest, levels = deepest[1], levels + 1 end
check.equal(levels, 100000)
local twins = {}
for i = 1, 60 do twins = {twins, twins} end -- without identity 2^60 tables
check.equal(type(roundtrip(twins)), "table")
local itself = {}
itself.deep = {{itself}, [itself] = true}
itself = roundtrip(itself)
check.equal(itself.deep[1][1], itself)
check.equal(itself.deep[itself], true)

-- What cannot leave the thread.
check.values({n = 2, false, "thread returns bad parameter #2: type 'function' not supported"},
    llthreads.new("return 1, function() end"):start():join())
check.values({n = 2, false, "thread returns bad parameter #1: type 'function' not supported at [1][1]"},
    llthreads.new("return {{function() end}}"):start():join())
print("copied")
