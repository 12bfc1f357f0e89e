-- shows: What begins like a number and is none is a syntax error, and a numeral beyond a double is infinite.
-- proves: lua.numerals

for _, text in ipairs {"1e", "3.5E+", "1e-", "0x", "0xg", "3x", "1_0", "1..2", "1.2.3", ".5.", "1e5e5", "08x", "0b1"} do
    local f, message = loadstring("return " .. text, "=numeral")
    print(text, f, type(message))
end
for _, text in ipairs {"1e400", "1e-400", "010", "08", "0xFf", "0X10", ".5", "5.", "5.e1", "5.E+1", "3e-2", "00.5", "1e05"} do
    print(text, loadstring("return " .. text, "=numeral")())
end
