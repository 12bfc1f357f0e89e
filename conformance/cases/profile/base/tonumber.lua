-- shows: tonumber reads decimal and hexadecimal numerals with spaces around, and nothing else.
-- proves: base.tonumber

print("number", tonumber(12), tonumber(-1.5))
print("decimal", tonumber("12"), tonumber("-12"), tonumber("1.5"), tonumber(".5"), tonumber("5."))
print("exponent", tonumber("1e2"), tonumber("1E+2"), tonumber("25e-2"), tonumber("-1.5e1"))
print("hexadecimal", tonumber("0x10"), tonumber("0XfF"), tonumber("-0x10"))
print("leading zeros", tonumber("010"), tonumber("0008.5"))
print("spaces", tonumber("  12  "), tonumber("\t12\n"), tonumber(" 0x1F "))
print("nothing", tonumber(""), tonumber("   "))
print("text", tonumber("abc"), tonumber("12a"), tonumber("1 2"), tonumber("1e"), tonumber("0x"), tonumber("1.2.3"))
print("signs", tonumber("- 1"), tonumber("--1"), tonumber("1-"))
print("big", tonumber("9007199254740992") == 2^53, tonumber("1e400") == 1/0)
print("others", tonumber(nil), tonumber(true), tonumber({}), tonumber(print))
print("no argument", (pcall(tonumber)))
