-- shows: Flags, widths and precisions of %e, %f and %g, each with several numbers.
-- proves: string.format

local numbers = {0, 1, -1.5, 3.14159265358979, 1e-7, 123456.789, -2e15, 1e100, 5e-324, 0.1 + 0.2, 999999.5, 1/0, -1/0}
local formats = {
    "%e", "%.0e", "%#.0e", "%.3e", "%12.3e", "%-12.3e", "%+.3e", "% .3e", "%012.3e", "%E",
    "%f", "%.0f", "%#.0f", "%.1f", "%.10f", "%10.2f", "%-10.2f", "%+.2f", "% .2f", "%010.2f", "%+010.2f", "%-+10.2f",
    "%g", "%.0g", "%.1g", "%.3g", "%.10g", "%.14g", "%.17g", "%10.3g", "%-10.3g", "%+g", "% g", "%010.3g", "%G",
}
for _, f in ipairs(formats) do
    local t = {}
    for i, n in ipairs(numbers) do
        local text = f:format(n)
        t[i] = #text > 40 and #text .. " characters" or text
    end
    print(f, table.concat(t, "|"))
end
print(("%#g|%#g|%#g|%#.3g|%#G"):format(0, 1, -1.5, 100, 1e-10))
