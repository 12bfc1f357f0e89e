-- shows: Each character class matches its bytes, in upper case all others.
-- proves: string.patterns.classes

local function members(class)
    local n, sum = 0, 0
    for i = 0, 255 do
        if string.find(string.char(i), class) then
            n, sum = n + 1, sum + i
        end
    end
    return n, sum
end

for _, class in ipairs{"%a", "%c", "%d", "%l", "%p", "%s", "%u", "%w", "%x"} do
    print(class, members(class))
    print(class:upper(), members(class:upper()))
end
print(".", members("."))
print("escaped", ("a+b"):find("%+"), ("50%"):find("%%"))
