-- shows: A zero ends no numeral.
-- proves: base.tonumber.zero
-- like: Lua 5.2

print(tonumber("1\0"), tonumber("1\0002"), tonumber("\0001"))
