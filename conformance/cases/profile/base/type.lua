-- shows: type names the eight types, and needs an argument.
-- proves: base.type

print(type(nil), type(true), type(1), type("x"), type({}), type(print), type(function() end))
print("value", type(type))
print("no argument", (pcall(type)))
