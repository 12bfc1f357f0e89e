-- shows: and, or and not of literals give the operand that counts, as one value.
-- proves: lua.logic

local function two() return "one", "two" end
local function last(...) return select("#", ...), ... end
print(last(true or two()))
print(last(false or two()))
print(last(nil or two()))
print(last(1 and two()))
print(last("" and two()))
print(last(false and two()))
print(last(nil and two()))
print(last(false or true and two()))
print(last((nil or two()) or "no"))
print(last(nil and two() or nil))
print(last(not nil, not false, not 0, not "", not true))
print(last(not nil and two()))
print(last(({1 and two()})[1], #{nil or two()}, #{two(), false or two()}))
local function varargs(...) return last(true and ...) end
print(varargs("a", "b"))
print(varargs())
local function tail() return 0 and two() end
print(last(tail()))
