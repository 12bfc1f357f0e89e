-- shows: Long chains of operators and statements compile, however long they are.
-- proves: base.load.long

local load = loadstring or load
local function run(name, source)
    local f, message = load(source, "=long")
    print(name, f and f() or message)
end
local n = 1500
run("and", "local a = 1 return a" .. (" and a"):rep(n))
run("or", "local a = false return a" .. (" or a"):rep(n) .. " or 2")
run("and or", "local a = false return a" .. (" and a or a"):rep(n) .. " or 3")
run("parentheses", "local a = false return a" .. (" or (a and 1)"):rep(n) .. " or 4")
run("not", "local a = 1 return a" .. (" and not not a"):rep(n))
run("comparisons", "local a = 1 return a == 1" .. (" and a < 2"):rep(n))
run("elseif", "local a if a then " .. ("elseif a then return 1 "):rep(n) .. "else return 5 end")
run("if", "local a, n = 1, 0 " .. ("if a then n = n + 1 end "):rep(n) .. "return n")
run("break", "local a while true do " .. ("if a then break end "):rep(n) .. "return 6 end")
run("sum", "local a = 1 return a" .. (" + a"):rep(n))
run("folded", "return 1" .. (" + 1"):rep(n))
run("fields", "local a = {} a.a = a return a" .. (".a"):rep(n) .. " == a")
run("calls", "local function f() end f = function() return f end local g = f f = function() return g end return g" .. ("()"):rep(2) .. " ~= nil")
run("methods", "local o = {} function o:m() return self end return o" .. (":m()"):rep(n) .. " == o")
run("assignments", "local a = 0 " .. ("a = a + 1 "):rep(n) .. "return a")
local list, strings, names = {}, {}, {}
for i = 1, 20000 do list[i], strings[i], names[i] = i .. ".5", "'s" .. i .. "'", "k" .. i .. "=" .. i end
run("numbers", "local t = {" .. table.concat(list, ",") .. "} return #t + t[20000]")
run("strings", "local t = {" .. table.concat(strings, ",") .. "} return #t .. t[20000]")
run("keys", "local t = {" .. table.concat(names, ",") .. "} return t.k1 + t.k20000")
