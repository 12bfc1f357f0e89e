-- shows: assert returns its arguments, or raises its message.
-- proves: base.assert

print("returns", assert(1, "two", 3))
print("true", assert(true))
print("default", pcall(assert, false))
print("nil", pcall(assert, nil))
print("message", pcall(assert, false, "my message"))
print("zero is true", assert(0), assert(""))
print("no argument", (pcall(assert)))
