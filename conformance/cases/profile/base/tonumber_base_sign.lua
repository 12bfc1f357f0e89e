-- shows: A numeral of a base may be negative.
-- proves: base.tonumber.base.sign
-- like: Lua 5.2

print(tonumber("-ff", 16), tonumber("-101", 2), tonumber("  -7  ", 8), tonumber("-", 10))
