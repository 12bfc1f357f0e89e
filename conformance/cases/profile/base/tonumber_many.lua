-- shows: Which of many texts are numerals, and of what numbers.
-- proves: base.tonumber

for _, text in ipairs{
    "0", "-0", "00", "1", "-1", "1.", ".1", ".", "-.", "-.5", "1.5", "1.5.5", "1e5", "1E5", "1e+5", "1e-5", "1e", "1e+", "e5", ".e5",
    "1e5.5", "1 e5", "1e 5", "0x", "0x0", "0x1f", "0X1F", "0xg", "-0xf", "x1f", "1f", "1x", "0b1", "1_000", "1,5", "1'", " 1", "1 ",
    " 1 ", "\n1", "1\n", "\v1\f", "1\r", "+", "-", "--1", "- 1", "1-", "1+1", "", " ", "true", "nil", "12345678901234567890", "1e308",
    "1e309", "-1e309", "1e-400", "0.1e1", "000000000000000000001", "9007199254740993", "0x1fffffffffffff",
} do
    local n = tonumber(text)
    local visible = text:gsub("%c", function(c) return "\\" .. c:byte() end)
    print('"' .. visible .. '"', n and ("%.17g"):format(n) or "no number")
end
