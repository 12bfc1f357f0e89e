-- shows: With a base a numeral has digits of it only, also with the base 10.
-- proves: base.tonumber.base.digits
-- like: Lua 5.2

print(tonumber("1e1", 10), tonumber("1.5", 10), tonumber("0x10", 10), tonumber("0b1", 2))
