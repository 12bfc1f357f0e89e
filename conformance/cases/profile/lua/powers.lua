-- shows: Powers with integer exponents are correctly rounded, in the source as at run time.
-- proves: lua.arithmetic

local ten, wrong = 10, 0
for n = -307, 308 do
    local exact = tonumber("1e" .. n)
    if ten ^ n ~= exact or math.pow and math.pow(ten, n) ~= exact or ("10") ^ n ~= exact then wrong = wrong + 1 end
    if (loadstring or load)("return 10^" .. n)() ~= exact then wrong = wrong + 1 end
end
print("powers of ten", wrong <= 4) -- where C is wrong
print(10^-5 == 1e-5, 1 / 10^15 == 1e-15, 3^40 == 12157665459056928801, 0.5^-3)
local two, half = 2, 0.5
print(two^1023 == 2^1023, two^-1074 > 0, two^1024, two^-1075, half^-1023 == two^1023, (-two)^3, (-two)^-3, -two^2)
print(two^half == 2^0.5, (-8)^(1/3) ~= (-8)^(1/3), 0^0, two^0, (1/0)^-1, 2^3^2)
print(2^1024, 0^-1, (-2)^1025, 4294967296^123456789, -2^1024, 1 / 2^1075, 2^70^1e20 - 1, 2^-1080)
