-- shows: The length of strings in bytes and of lists in elements.
-- proves: lua.length

print(#"", #"abc", #"a\0b", #{}, #{1, 2, 3}, #{n = 1})
local t = {}
for i = 1, 10 do t[i] = i end
print(#t)
t[#t + 1] = 11
print(#t)
t[#t] = nil
t[#t] = nil
print(#t)
for i = #t, 1, -1 do t[i] = nil end
print(#t)
print(#{(function() return 1, 2, 3 end)()}, #{nil}, #{[1] = 1, [2] = 2})
print(#{1, 2, 3, nil} == 3, (pcall(function() return #nil end)), (pcall(function() return #5 end)))
print(-#"abc", #"ab" + 1, #"ab" == 2)
