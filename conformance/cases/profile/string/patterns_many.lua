-- shows: What many patterns match in many subjects.
-- proves: string.patterns.classes, string.patterns.sets, string.patterns.repetitions, string.patterns.captures

local function visible(s)
    return '"' .. s:gsub("%c", function(c) return "\\" .. c:byte() end) .. '"'
end
local function show(...)
    local t = {}
    for i = 1, select("#", ...) do t[i] = tostring((select(i, ...))) end
    return visible(table.concat(t, " "))
end
for _, case in ipairs{
    {"", ""}, {"alo", ""}, {"alo", "al"}, {"a\nb", "a.b"}, {"alo xyzK", "(%w+)K"}, {"254 K", "(%d*)K"}, {"alo ", "(%w*)$"},
    {"alo wo", "(%w+)$"}, {"aaab", ".*b"}, {"aaa", ".*a"}, {"aaa", ".*$"}, {"aaa", ".-$"}, {"aaab", "a*$"}, {"aaab", "a-b"},
    {"aaab", "^a-$"}, {"aaa", "^.-$"}, {"aaa", "b*"}, {"aaa", "ab*a"}, {"aba", "ab*a"}, {"aaab", "a+"}, {"aaab", "^.+$"},
    {"aaa", "b+"}, {"aaa", "ab+a"}, {"aba", "ab+a"}, {"a$a", ".$"}, {"a$a", ".%$"}, {"a$a", ".$."}, {"a$a", "$$"},
    {"a$b", "a$"}, {"a$a", "$"}, {"", "b*"}, {"aaa", "bb*"}, {"aaab", "a-"}, {"aaa", "^.-b"}, {"aabaaabaaabaaaba", "b"},
    {"x = 10", "^(%w+)%s*=%s*(%d+)$"}, {"0xFF", "^0[xX](%x+)$"}, {"foo.bar.baz", "^(.-)%.(.*)$"}, {"foo.bar.baz", "^(.*)%.(.-)$"},
    {"[[x]]", "^%[%[(.-)%]%]$"}, {"a.b", "^[^.]+"}, {"key: value", "^(%S+):%s+(.+)$"}, {"2^10", "%^"}, {"(a)", "%((%a)%)"},
    {"\t x", "^[ \t]+"}, {"a-z", "[a%-z]+"}, {"a-z", "[%a-]+"}, {"_x1", "^[%a_][%w_]*$"}, {"1x", "^[%a_][%w_]*$"},
    {"]", "[]]"}, {"^", "[%^x]"}, {"abc", "[a-]+"}, {"abc", "()b()"}, {"hello", "(h)(e)(l+)(o)"}, {"abcabc", "(a)(b)(c)%1%2%3"},
    {"THE END", "%u+ %u+$"}, {"tEsT", "%l+"}, {"a,b;c", "[,;]"}, {"\195\169", "[\195][\169]"}, {"aXb", "%u"}, {"...", "%.+"}, {"a\\b", "\\"},
    {"xxyyzz", "(x-)(y+)(z?)"}, {"abc123def", "%a-(%d+)%a-$"}, {"  ", "^%s*$"}, {"1,2,3", "^(%d),(%d),(%d)$"}, {"100%", "%d+%%$"},
} do
    print(visible(case[1]), visible(case[2]), show(case[1]:find(case[2])), show(case[1]:match(case[2])))
end
