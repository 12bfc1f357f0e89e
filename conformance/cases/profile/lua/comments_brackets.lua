-- shows: A comment is long only when a long bracket opens right behind its dashes.
-- proves: lua.comments

local out = {}
local function add(x) out[#out + 1] = x end
--[=NOTE
add(1)
--[==
add(2)
--]=] [[
add(3)
--[ [
add(4)
--=[[
add(5)
--[=[ long
add("no")
]] ]==] --]=] add(6)
--[[]]add(7)--[==[
]]]==]add(8)
--
add(9) --[=
print(unpack and unpack(out) or table.unpack(out))
