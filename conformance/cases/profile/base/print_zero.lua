-- shows: print writes zeros inside of strings.
-- proves: base.print.zero
-- like: Lua 5.2

print("a\0b")
