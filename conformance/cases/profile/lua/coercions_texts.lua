-- shows: Arithmetic reads a string as tonumber does: whole, and never as source text.
-- proves: lua.coercions

local texts = {
    "77--1", "5--[[x]]", "5 --", "--5", "- 5", "-+5", "5;", "5,", "(5)", "5 5", "5 +", "0x", "0xg", "1e", "1e+", "1e5e5", "1..2", "1.2.3",
    ".", "", " ", "1_0", "x", "\1605", "5\160", "5\194\160", "$5", "'5'", "[[5]]", "5\n5", "1e400", "-1e400", "1e-400", "0x10",
    "-0x10", " 5", "5 ", "\t5\n", "\v5\f", "5.", ".5", "-.5", "5.e1", "5E+1", "005", "1e+05", "-0",
}
for _, text in ipairs(texts) do
    local converted = tonumber(text)
    for name, f in pairs {
        add = function(s) return s + 0 end, left = function(s) return 0 - s end, unm = function(s) return -s end,
        mod = function(s) return s % 1e300 end, pow = function(s) return s ^ 1 end, loop = function(s) for i = s, s do return i end end,
    } do
        local ok, result = pcall(f, text)
        if ok ~= (converted ~= nil) or ok and name == "add" and result ~= converted then
            print("differs", ("%q"):format(text), name, converted, result)
        end
    end
    print((text:gsub("%c", "?")), converted)
end
print((pcall(function() return "77--1" + 1 end)))
print("1e400" + 1, 0 - "1e400", "0x10" * "2", " 10 " % "3", -"0x10")
