-- shows: A fraction is cut off by %d.
-- proves: string.format.fraction

for _, format in ipairs { "%d", "%x", "%5d|" } do
    for _, n in ipairs { 3.7, 0.5, 255.9 } do
        print(pcall(function() local text = string.format(format, n) return text end))
    end
end
