-- shows: Flags, widths and precisions of %d, %i, %u, %o, %x and %X, each with several integers.
-- proves: string.format

local numbers = {0, 1, 7, 8, 255, 4096, 123456789, 2^31, 2^53}
local formats = {
    "%d", "%i", "%5d", "%-5d|", "%05d", "%+d", "% d", "%+05d", "%-+6d|", "%.0d", "%.3d", "%8.3d", "%-8.3d|", "%08.3d", "%20d",
    "%u", "%5u", "%05u", "%o", "%#o", "%6o", "%.4o", "%x", "%#x", "%06x", "%#06x", "%-6x|", "%.4x", "%X", "%#X", "%#10.4X",
}
for _, f in ipairs(formats) do
    local t = {}
    for i, n in ipairs(numbers) do t[i] = f:format(n) end
    print(f, table.concat(t, " "))
end
for _, f in ipairs{"%d", "%5d", "%-5d|", "%05d", "%+d", "% d", "%.3d", "%8.3d"} do
    print(f, f:format(-1), f:format(-255), f:format(-2^31), f:format(-2^53))
end
