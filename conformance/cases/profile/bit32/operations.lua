-- shows: The functions of bit32.
-- proves: bit32.band, bit32.bor, bit32.bxor, bit32.bnot, bit32.btest, bit32.lshift, bit32.rshift, bit32.arshift, bit32.lrotate, bit32.rrotate, bit32.extract, bit32.replace
-- needs: bit32

print(bit32.band(0xff, 0x0f), bit32.band(), bit32.band(7, 3, 1))
print(bit32.bor(1, 2, 4), bit32.bor(), bit32.bxor(5, 3), bit32.bxor())
print(bit32.bnot(0), bit32.bnot(0xffffffff), bit32.bnot(-1))
print(bit32.btest(1, 3), bit32.btest(1, 2), bit32.btest())
print(bit32.lshift(1, 4), bit32.lshift(1, 31), bit32.lshift(1, 32), bit32.lshift(16, -4))
print(bit32.rshift(16, 4), bit32.rshift(0x80000000, 31), bit32.rshift(1, 33), bit32.rshift(1, -3))
print(bit32.arshift(0x80000000, 4), bit32.arshift(16, 2), bit32.arshift(-1, 40))
print(bit32.lrotate(0x80000001, 1), bit32.rrotate(1, 1), bit32.lrotate(0xf, 36))
print(bit32.extract(0xabcd, 4, 8), bit32.extract(5, 0), bit32.extract(5, 1))
print(bit32.replace(0, 0xff, 8, 8), bit32.replace(0xffff, 0, 4, 4))
print(bit32.band(-1, 0xffffffff), bit32.band(2^32 + 5, 0xff))
print((pcall(bit32.band, "x")), (pcall(bit32.extract, 1, 32)), (pcall(bit32.extract, 1, 30, 5)))
