-- shows: The mode t takes text, b only binary chunks.
-- proves: base.load.mode
-- like: Lua 5.2

print("text", load("return 1", "=x", "t")())
print("both", load("return 1", "=x", "bt")())
print("binary only", (load("return 1", "=x", "b")))
print("nil is both", load("return 1", "=x", nil)())
