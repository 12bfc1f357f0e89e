-- shows: Semicolons may stand alone, and code may follow break.
-- proves: lua.statements.empty
-- like: Lua 5.2

print(loadstring(";;; local a = 1;; return a;") ~= nil and loadstring(";;; local a = 1;; return a;")())
print(loadstring("do ; end ; return 2")())
