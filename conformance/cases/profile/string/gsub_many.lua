-- shows: What many replacements make.
-- proves: string.gsub

for _, case in ipairs{
    {"abc", "%w", "%1%0"}, {"abc", "%w+", "%0%1"}, {"alo alo", "()[al]", "%1"}, {"abc=xyz", "(%w*)(=)(%w*)", "%3%2%1"},
    {"ulo ulo", " *", "-"}, {"abc", "", "."}, {"", "", "x"}, {"", "^", "x"}, {"", "$", "x"}, {"abc", "$", "x"}, {"abc", "^", "x"},
    {"aaa", "a", "b", 0}, {"aaa", "a", "b", 1}, {"aaa", "a", "b", 10}, {"hello", "l+", "[%0]"},
    {"a b  c", "%s+", "_"}, {"one two", "(%w+) (%w+)", "%2 %1"}, {"x", "x", "%%"}, {"x", ".", "%0%0%0"}, {"abab", "ab", ""},
    {"path/to", "/", "\\"}, {"tab\there", "\t", "    "}, {"AbC", "%u", "<%0>"}, {"1.5", "%.", ","}, {"a.b.c", "%.", "%%."},
    {"first second", "^%w+", "FIRST"}, {"end end", "end$", "END"}, {"x1y2", "%d", ""}, {"abc", "b*", "-"}, {"bbb", "b*", "-"},
} do
    print(case[1], case[2], case[3], (case[1]:gsub(case[2], case[3], case[4])))
end
