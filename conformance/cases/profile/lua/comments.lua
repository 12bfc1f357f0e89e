-- shows: Short and long comments.
-- proves: lua.comments

print(1) -- to the end of the line
print(--[[ inside ]] 2)
--[[ several
lines print("no")
]]
--[==[ with level ]] print("no") ]==]
print(3)
---[[ no long comment
print(4)
--]]
print(5 --[=[
]] ]=])
--
print(6)--
