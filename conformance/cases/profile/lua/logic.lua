-- shows: and, or and not; only nil and false are false.
-- proves: lua.logic

print(nil and 1, false and 1, 1 and 2, 0 and "zero is true", "" and "empty is true")
print(nil or 1, false or nil, 1 or 2, nil or false)
print(not nil, not false, not 0, not "", not not 1)
print(1 and nil or 3, false == nil, 1 and false or "else")
local calls = 0
local function touch() calls = calls + 1 return true end
local _ = false and touch(), true or touch(), nil and touch() or touch()
print("short circuit", calls)
print(1 < 2 and 2 < 3, 1 == 2 or 3 == 3, not 1 == 2, not (1 == 2))
print("precedence", false or true and nil, (false or true) and 1)
