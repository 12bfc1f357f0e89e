-- math, tonumber and select.
local function show(...)
    local t = {}
    for i = 1, select("#", ...) do
        local v = select(i, ...)
        t[i] = v ~= v and "nan" or type(v) == "number" and ("%.13g"):format(v) or tostring(v)
    end
    print(table.concat(t, " "))
end
local values = {0, 1, -1, 0.5, -0.5, 2, 10, 1000, 1e-10, 1e10, 1e300, 1/0, -1/0, 3.7, -3.7}
for _, name in ipairs{"abs", "acos", "asin", "atan", "ceil", "cosh", "deg", "exp", "floor", "log", "log10", "rad", "sinh", "sqrt", "tanh", "modf", "frexp"} do
    for _, v in ipairs(values) do
        io.write(name, " ")
        show(math[name](v))
    end
end
for _, name in ipairs{"atan2", "fmod", "pow"} do
    for _, a in ipairs(values) do
        for _, b in ipairs(values) do
            io.write(name, " ")
            show(math[name](a, b))
        end
    end
end
for _, v in ipairs{-3, -0.5, 0, 0.3, 1, 2, 3} do show(math.sin(v), math.cos(v), math.tan(v)) end
show(math.log(8, 2), math.log(1000, 10), math.log(81, 3), math.ldexp(0.5, 4), math.ldexp(1, -1080), math.ldexp(3, 2.9))
show(math.max(1, 3, 2), math.min(3, 1, 2), math.max(0/0, 1), math.max(1, 0/0), math.max("10", 9))
for e = -300, 300, 50 do show(math.log10(10^e)) end
for _, e in ipairs{1, 2, 3, 6, 9, 15, 22} do print(math.floor(math.log10(10^e)) == e) end
for _, text in ipairs{"10", "-10", " 10 ", "ff", "FF", "-ff", "z", "1.5", "", " ", "-", "+1", "--1", "0x10", "1e1", "1 1", "1_0"} do
    show(text, tonumber(text), tonumber(text, 2), tonumber(text, 10), tonumber(text, 16), tonumber(text, 36))
end
for _, text in ipairs{"0x", "0x.8", "0x1p-2", "0xA.8", "1.", ".5", ".", "1e", "1e+5", "inf", "nan", "0b1", "1..2", "1e400", "\t7\n"} do show(text, tonumber(text)) end
show(tonumber(("1"):rep(40), 10), tonumber(10, 16), tonumber(("f"):rep(20), 16))
show(select("#"), select("#", nil, nil), select(2, "a", "b", "c"), select(-1, "a", "b"), select(5, 1))
for _, f in ipairs{function() return math.random(0) end, function() return math.random(2, 1) end, function() return math.random(1, 2, 3) end,
        function() return math.floor() end, function() return math.floor("x") end, function() return select(0) end, function() return select(-2, 1) end,
        function() return tonumber("1", 1) end, function() return tonumber("1", 37) end, function() return tonumber({}, 10) end,
        function() return tonumber() end, function() return math.max() end, function() return math.fmod(1) end} do
    print(select(2, pcall(function() local r = f() return r end)))
end
