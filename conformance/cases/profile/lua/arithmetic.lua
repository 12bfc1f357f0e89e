-- shows: The arithmetic operators, their precedence and what happens at the edges.
-- proves: lua.arithmetic

print("add", 1 + 2, 1.5 + 2.5, -1 + 1)
print("subtract", 5 - 7, 0.5 - 1)
print("multiply", 6 * 7, -2 * 3, 0.1 * 10)
print("divide", 7 / 2, 1 / 4, -7 / 2)
print("modulo", 7 % 3, -7 % 3, 7 % -3, -7 % -3, 5.5 % 2, -0.5 % 1)
print("power", 2 ^ 10, 2 ^ 0.5 == math.sqrt(2), 2 ^ 3 ^ 2, (-2) ^ 2, 4 ^ -1)
print("minus", -(-5), - - 5, -2 ^ 2)
print("precedence", 2 + 3 * 4, (2 + 3) * 4, 10 - 2 - 3, 2 * 3 % 4, 100 / 10 / 2)
print("by zero", 1 / 0 == math.huge, -1 / 0 == -math.huge, 0 / 0 ~= 0 / 0)
print("modulo of zero", 5 % 0.0 ~= 5 % 0.0, 0 % 5)
print("exact", 2^53 == 2^53 + 1, 2^53 - 1 == 9007199254740991, 9007199254740991 % 2)
print("large", 123456789 * 1000, ("%d"):format(2^31 * 2^20), 1e15 + 1 - 1e15)
