-- shows: Decimal and hexadecimal numerals.
-- proves: lua.numerals

print(0, 3, 3.0, 3.1416, 314.16e-2, 0.31416E1)
print(.5, 5., 1e2, 1E+2, 1e-2)
print(0xff, 0x56, 0XA, 0xAbC, 0x7fffffff)
print(1e308 * 10 == math.huge, 2^-1074 > 0)
print(100 == 1e2, 0x10 == 16, 0.1 + 0.2 == 0.3)
print(- -1, -2^2, 2^-1)
