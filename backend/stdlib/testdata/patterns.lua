-- gsub, gmatch, match and find, with all kinds of replacements and empty matches.
local subjects = {"", "a", "abc", "hello world", "a,b,,c", "key = value", "  x  ", "f(a(b)c)", "caf\195\169 \0 z"}
local patterns = {"", "a", ".", "%w+", "%w*", "%w-", "^%w", "^", "$", "%s*$", "()", "(%w)(%w?)", "[^,]*", "%f[%w]%w+", "%b()", "(.)%1", "%z", "[%z\1-\31]", "%S+()"}
local function write(...)
    local t = {...}
    for i = 1, select("#", ...) do t[i] = "<" .. tostring(t[i]) .. ">" end
    return table.concat(t):gsub("[%z\128-\255]", function(c) return "\\" .. c:byte() end)
end
for _, s in ipairs(subjects) do
    for _, p in ipairs(patterns) do
        local words = {}
        for a, b in s:gmatch(p) do words[#words + 1] = tostring(a) .. "/" .. tostring(b) end
        print(write(s, p))
        print("", (write(s:find(p))), (write(s:match(p))), (write(s:find(p, 2))), (write(s:match(p, -2))))
        print("", (write(table.concat(words, " "))))
        print("", (write(s:gsub(p, "-"))), (write(s:gsub(p, "[%0%%]"))), (write(s:gsub(p, "%1", 2))), (write(s:gsub(p, "", 0))))
        print("", (write(s:gsub(p, {a = "A", b = false, [1] = "one", [3] = 3}))),
            (write(s:gsub(p, function(x, y) if x ~= "b" then return y end end))))
    end
end
