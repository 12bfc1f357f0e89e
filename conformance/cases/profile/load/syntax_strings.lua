-- shows: A string that ends with its line, and an escape above 255, are syntax errors.
-- proves: base.load.syntax.strings

print("newline", (loadstring("x = 'a\nb'")), (loadstring("x = 'a")))
print("escape", (loadstring("x = '\\400'")), (loadstring("x = '\\256'")), type(loadstring("x = '\\255'")))
