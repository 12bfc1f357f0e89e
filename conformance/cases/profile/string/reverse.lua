-- shows: string.reverse turns the bytes around.
-- proves: string.reverse

print("odd", string.reverse("abc"))
print("even", ("abcd"):reverse())
print("empty", "[" .. (""):reverse() .. "]")
print("bytes", ("\195\164\0x"):reverse() == "x\0\164\195")
