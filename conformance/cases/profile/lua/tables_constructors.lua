-- shows: A constructor may mix positional, named and computed fields with calls and "..." in any order.
-- proves: lua.tables

local function f(...) return 1, 2, ... end
local m = {f = f}
local function show(t)
    local keys, sum = 0, 0
    for k, v in pairs(t) do
        keys = keys + 1
        if type(v) == "number" then sum = sum + v end
    end
    return #t, keys, sum
end
print("named", #{"a", x = f(2)}, #{"a", x = (f(2))}, #{x = f(2)}, #{x = f(2), "a"})
print("computed", #{"a", [f] = m.f(2)}, #{"a", ["x" .. "y"] = m:f()}, #{"a", [f(1) .. "k"] = m.f(2)})
print("vararg", (function(...) return #{"a", x = ...}, #{"a", ...}, #{..., "a"}, #{(...)} end)(1, 2, 3))
print("order", ({[1] = "key", "position"})[1], ({"position", [1] = "key"})[1])
local counts = {0, 1, 49, 50, 51, 99, 100, 101, 150}
local rests = {"", "x = f()", "f()", "x = f(), f()", "...", "x = 1, y = f(), ...", "f(), x = f()", "(f())", "x = 1, y = 2, z = f()",
    "nil, x = f()", "x = {f()}, {f()}", "{...}, x = {1, y = f()}, ..."}
for _, n in ipairs(counts) do
    local positions = {}
    for i = 1, n do positions[i] = 10 * i .. ", " end
    local text = table.concat(positions)
    for _, rest in ipairs(rests) do
        local t = loadstring("local f = (...) return {" .. text .. rest .. "}", "=constructor")
        print(n, rest, show(t(f)))
        t = t(f)
        print("", t[1] ~= nil, n == 0 or t[n] == 10 * n, type(t[n + 1]), type(t.x), type(t.y))
    end
end
for _, n in ipairs(counts) do
    local texts = {}
    for _, key in ipairs{1, 49, 50, 51, 100} do
        local f = loadstring("return {" .. ("'v', "):rep(n) .. "[" .. key .. "] = 'field', 'last'}")
        texts[#texts + 1] = tostring(f()[key])
    end
    print("a field with the key of an element", n, table.concat(texts, " "))
end
