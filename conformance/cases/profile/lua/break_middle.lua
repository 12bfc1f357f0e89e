-- shows: break may stand in the middle of a block.
-- proves: lua.statements.break
-- like: Lua 5.2

print(loadstring("while true do break local x = 1 end return 'left'")())
