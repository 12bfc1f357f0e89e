-- shows: Widths and precisions of %s, %c and %q among other options.
-- proves: string.format, string.format.s

for _, f in ipairs{"%s", "%10s", "%-10s", "%.0s", "%.1s", "%.3s", "%.10s", "%5.2s", "%-5.2s", "%.s"} do
    print(f, "[" .. f:format("") .. "]", "[" .. f:format("a") .. "]", "[" .. f:format("abcdef") .. "]", "[" .. f:format(12.5) .. "]")
end
print(("%c|%3c|%-3c|"):format(65, 66, 67))
print(#("%c%c"):format(1, 255))
print(("%s=%d, %s=%5.1f%%"):format("a", 1, "b", 2.25))
print(("%q %q"):format("", "a'b"), ("%q"):format(12))
print(("%%%%"):format())
print(("%s"):rep(3):format(1, 2, 3))
