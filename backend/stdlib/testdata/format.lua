-- string.format of numbers: verbs, flags, widths and precisions.
local flags = {"", "-", "+", " ", "#", "0", "-+", "+0", "#0", " #", "-#0"}
local sizes = {"", "1", "8", "12.3", ".0", ".1", ".10", "."}
local function all(verbs, values)
    for verb in verbs:gmatch(".") do
        for _, flag in ipairs(flags) do
            local line = {}
            for _, size in ipairs(sizes) do
                for _, value in ipairs(values) do
                    line[#line + 1] = ("%" .. flag .. size .. verb):format(value)
                end
            end
            print(verb, flag, table.concat(line, "|"))
        end
    end
end
all("di", {0, 1, -1, 42, -7.9, 2^53, -2^53, "12"})
all("uoxX", {0, 1, 8, 255.9, 2^53})
all("eEfgG", {0, 1, -1, 0.5, 1/3, 1e5, 123456789, 1e-5, -1e300, 1e15, 99999.95, 1/0, -1/0})
sizes = {"", "1", "8", "12.3", ".10"}
all("aA", {1, -2, 0.1, 1e300, 1/0})
for _, value in ipairs{"", "a", "hello world", "\200\255"} do
    for _, size in ipairs{"", "5", "-5", ".0", ".3", "8.2", "-8.2", "."} do
        print(size, "[" .. ("%" .. size .. "s"):format(value) .. "]")
    end
end
for code = 1, 255, 7 do print(("[%c%3c%-3c]"):format(code, code, code)) end
local every = {}
for code = 0, 255 do every[#every + 1] = string.char(code, code) end
print(("%q"):format(table.concat(every)))
print(("%q"):format("\0001\0a\127\0012\r\n\t\\\""))
