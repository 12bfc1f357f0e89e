-- shows: A traversal that removes the key it is at, and collects, visits each key once, whatever the keys are.
-- proves: state.collect
-- edition: seed, 0.4
local check = require "check"
local mtstates = require "mtstates"

local set, n = {}, 6
for i = 1, n do
    set[mtstates.newstate("return print")] = i
    set["text" .. i] = i
    set[{}] = i
end
local sum, visits = 0, 0
for key, value in pairs(set) do
    set[key] = nil
    collectgarbage()
    sum, visits = sum + value, visits + 1
end
check.equal(next(set), nil)
check.equal(visits, 3 * n)

-- the same, with keys that stay and keys that come later
for i = 1, n do
    set[mtstates.newstate("k" .. i, "return print")] = i
    set["stays" .. i] = 0
end
local seen = {}
for key, value in pairs(set) do
    if value > 0 then
        check.equal(seen[value], nil)
        seen[value] = true
        set[key] = nil
        key = nil
        collectgarbage()
    end
end
check.equal(#seen, n)
local left = 0
for key in pairs(set) do left = left + 1 end
check.equal(left, n)
print(sum, left)
