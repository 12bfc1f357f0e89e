-- shows: Numbers that are no integers, and those beyond 2^53, are written with 14 digits.
-- proves: base.tostring.floats

for _, n in ipairs{
    0.5, -0.5, 0.1, 0.2, 0.1 + 0.2, 1 / 3, -2 / 3, 1.1, 1.15, 2.675, 123.456, 1234567.891, 99999.99999, 1e-1, 1e-4, 1e-5, 1.5e-5,
    1e-10, 1.23456789012345e-7, 12345678.12345678, 99999999999999.5, 0.30000000000000004, 1e16, 1e17, 1.5e16, 123456789012345678,
    1e20, 1e21, 1e22, 1e100, 1e300, 1.7976931348623157e308, 2.2250738585072014e-308, 5e-324, -1e16, -1e-7, math.pi, -math.pi,
    math.pi * 1e5, math.pi * 1e10, math.pi * 1e-5, math.sqrt(2), 2^63, 2^64, -2^63, 2^100, 0.999999999999999, 0.99999999999999989,
} do
    print(n, tostring(n) == ("%.14g"):format(n), n .. "")
end
