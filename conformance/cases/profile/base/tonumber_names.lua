-- shows: The names of infinity and NaN are no numerals.
-- proves: base.tonumber.names
-- like: Lua 5.2

print(tonumber("inf"), tonumber("-inf"), tonumber("infinity"), tonumber("nan"), tonumber("NaN"))
