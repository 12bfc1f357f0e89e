-- shows: print writes its arguments with tabs between and a newline behind, by way of tostring.
-- proves: base.print

print()
print(nil)
print(1, 2, 3)
print("a", nil, true)
print("", "")
print(setmetatable({}, {__tostring = function() return "an object" end}))
print((print("inner")))
