-- shows: Case is changed in ASCII letters only; other bytes stay as they are.
-- proves: string.lower, string.upper, string.lower.bytes

print("lower", string.lower("ABC abc 123 _[`{"))
print("upper", string.upper("ABC abc 123 _@`{"))
local high = {}
for i = 128, 255 do high[#high + 1] = string.char(i) end
high = table.concat(high)
print("lower of high bytes", string.lower(high) == high)
print("upper of high bytes", string.upper(high) == high)
print("utf-8", ("\195\132\195\164"):lower() == "\195\132\195\164", ("\195\132\195\164"):upper() == "\195\132\195\164")
print("zero", #("a\0b"):upper(), ("a\0b"):upper() == "A\0B")
