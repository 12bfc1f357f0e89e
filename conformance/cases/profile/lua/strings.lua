-- shows: Escapes, both quotes, lines and long brackets in literals.
-- proves: lua.strings

print("a\tb" == "a" .. string.char(9) .. "b", #"\a\b\f\n\r\t\v", ("\a\b\f\n\r\t\v"):byte(1, -1))
print("\65\066\0671", "\\", "\"", '\'', "'", '"')
print(#"\0", #"\000\0001", ("\0019"):byte(1, -1))
print("\255" == string.char(255))
print("one\
two")
print([[long]], [==[with ]] and ]=] inside]==])
print([[
first newline is left out]])
print(#[[

]])
print([[no \n escapes]])
print("a" .. 'b' .. [[c]])
