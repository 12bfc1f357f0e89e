-- shows: The code of a function can be dumped and loaded again.
-- proves: string.dump
-- needs: dump

local load = loadstring or load
local function again(f, name) return assert(load(string.dump(f), name)) end
print(type(string.dump(function() end)), string.dump(again):sub(1, 4) == "\27Lua")
print(again(function(...) return ... end)(1, nil, "three"))
print(again(function(a, b) return a .. b, a % b, -a, #tostring(a), a ^ b, a == b, a < b end)(7, 4))
print(again(function(n)
    local function fact(k) if k <= 1 then return 1 end return k * fact(k - 1) end
    local t = {n, "x", [n + 1000] = fact(n), nested = {true, false, nil, 0.5, -1e300, "\0\255\n"}}
    for k, v in ipairs(t.nested) do t[#t + 1] = tostring(v) end
    while n > 0 do n = n - 1 if n == 2 then break end end
    return n, #t, t[1005], #t.nested[6], select("#", table.concat(t, ","))
end)(5))
print(again(load("local a = ... return a and a + 1, 1 / 0, 'text'"))(41))
print(again(function() return function() return function() return "deep" end end end)()()())
print(pcall(string.dump, print))
print((pcall(string.dump, 1)), (pcall(string.dump)))
local dumped = string.dump(function(t) return t.x.y end)
print(dumped == string.dump(load(dumped)), pcall(load(dumped, "=named"), {x = {y = 1}}))
local ok, message = pcall(load(dumped), {})
print(ok, (message:gsub("^.*/", "")))
x_global = "global"
print(again(function() return x_global end)())
x_global = nil
print(again(function() error("raised", 0) end, "=e") ~= nil, pcall(again(function() error("raised", 0) end)))
