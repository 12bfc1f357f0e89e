-- shows: What stands behind a label may be a jump.
-- proves: lua.goto
-- like: Lua 5.2

local function run(source) return assert(loadstring(source))() end
print("false", run("local n = 0 ::top:: if false then return 'no' end n = n + 1 if n < 3 then goto top end return n"))
print("goto", run("local n = 0 ::top:: goto next ::next:: n = n + 1 if n < 3 then goto top end return n"))
print("or", run("local n, x = 0 ::top:: x = true or n n = n + 1 if n < 3 then goto top end return n, x"))
print("while", run("local n = 0 ::top:: while false do return 'no' end n = n + 1 if n < 3 then goto top end return n"))
print("break", run("local n = 0 while true do n = n + 1 goto out ::top:: do break end ::out:: if n < 3 then goto top end end return n"))
print("labels", run("local n = 0 ::a:: ::b:: if nil then return 'no' end n = n + 1 if n == 1 then goto a elseif n < 4 then goto b end return n"))
print("continue", run("local n = 0 for _ in next, {1, 2, 3} do goto continue n = n + 10 ::continue:: n = n + 1 end return n"))
print("last", run("local n = 0 for i in next, {1, 2, 3} do if i == 2 then goto continue end n = n + i ::continue:: end return n"))
