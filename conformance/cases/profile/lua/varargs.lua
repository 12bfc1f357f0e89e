-- shows: ... are the further arguments.
-- proves: lua.varargs

local function count(...) return select("#", ...) end
print(count(), count(nil), count(1, nil, nil))
local function pass(...) return ... end
print(pass(1, 2, 3))
print((pass(1, 2, 3)))
print(pass(1, 2), pass(3, 4))
local function list(...) return {...}, {..., "end"}, {"start", ...} end
local a, b, c = list(1, 2, 3)
print(#a, #b, #c)
local function first(...) local x, y = ... return x, y end
print(first(1), first())
local function named(a, ...) return a, count(...) end
print(named(1, 2, 3), named())
print("main chunk", count(...))
print(pcall(function(...) return ... end, 1, 2))
local function nested(...)
    local outer = {...}
    return (function(...) return #outer, ... end)("inner")
end
print(nested(1, 2))
print(count(pass(nil, nil)), count(pass()), count((pass())))
local function recurse(n, ...) if n == 0 then return ... end return recurse(n - 1, n, ...) end
print(recurse(5))
