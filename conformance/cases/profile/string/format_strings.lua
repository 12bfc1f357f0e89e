-- shows: %s writes strings with width and precision, %q one that Lua reads back.
-- proves: string.format.s, string.format.q

print(("%s %s"):format("a", "b"))
print(("%5s|%-5s|%.2s|%5.1s|"):format("abc", "abc", "abc", "abc"))
print(("%s"):format(12), ("%s"):format(1.5))
print(#("%s"):format(("x"):rep(1000)))
print(("%q"):format('say "hi"'))
print(("%q"):format("back\\slash"))
print(("%q"):format("two\nlines") == '"two\\\nlines"')
print(("%q"):format("tab\tkept") == '"tab\tkept"' or ("%q"):format("tab\tkept") == '"tab\\9kept"')
local all = {}
for i = 0, 255 do all[#all + 1] = string.char(i) end
all = table.concat(all) .. "\0001\r\n\r9"
print("read back", loadstring("return " .. ("%q"):format(all))() == all)
