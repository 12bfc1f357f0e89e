-- shows: Equality and order of numbers and strings.
-- proves: lua.comparison

print(1 == 1, 1 == 1.0, "a" == "a", 1 ~= 2, nil == false, {} == {})
print(1 < 2, 2 < 1, 1 <= 1, 2 > 1, 1 >= 2)
print("a" < "b", "a" < "B", "Z" < "a", "" < "a", "a" < "aa", "10" < "9")
print("a" <= "a", "b" > "a", "abc" >= "abd")
print("a\0b" < "a\0c", "a\0" > "a", "a\0b" == "a\0b")
print("z" < "\200", "\200" < "\201")
local nan = 0/0
print(nan == nan, nan ~= nan, nan < 1, nan > 1, nan <= nan)
print(math.huge > 1e308, -math.huge < math.huge, 0 == -0)
print((pcall(function() return {} < {} end)), (pcall(function() return nil < 1 end)))
print((pcall(function() return true < false end)), (pcall(function() return print <= print end)))
local f = function() end
print(f == f, f == function() end, print == print)
