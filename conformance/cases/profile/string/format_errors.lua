-- shows: A faulty format, a missing argument or one of a wrong type is an error.
-- proves: string.format.errors

print("missing", pcall(string.format, "%d") == false)
print("wrong type", (pcall(string.format, "%d", "x")))
print("table as number", (pcall(string.format, "%d", {})))
print("unknown option", (pcall(string.format, "%y", 1)))
print("ends with percent", (pcall(string.format, "%", 1)))
print("too wide", (pcall(string.format, "%100d", 1)))
print("repeated flags", (pcall(string.format, "%0000000d", 1)))
print("more arguments are left", string.format("%d", 1, 2, 3))
