-- shows: Decimal and hexadecimal numerals.
-- proves: lua.numerals

print(7, 7.0, 0.007, 1.4142, 141.42e-2, 0.0014142E3)
print(.5, 5., 1e2, 1E+2, 1e-2)
print(0x1f, 0x40, 0XB, 0xDeF, 0x7fffffff)
print(1e308 * 10 == math.huge, 2^-1074 > 0)
print(100 == 1e2, 0x10 == 16, 0.1 + 0.2 == 0.3)
print(- -1, -2^2, 2^-1)
