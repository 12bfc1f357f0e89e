-- shows: load takes the pieces of a chunk from a function until it returns nil, nothing or an empty string.
-- proves: base.load.function

local function pieces(...)
    local list, i = {...}, 0
    return function()
        i = i + 1
        return list[i]
    end
end
print("pieces", load(pieces("return ", "1", " + ", "2"))())
print("ends at the empty string", load(pieces("return 1", "", " + 1"))())
print("nothing", select("#", load(pieces())()))
print("split in a word", load(pieces("ret", "urn 'x", "y'"))())
local f, message = load(pieces("return", " +"), "=pieces")
print("syntax error", f, message:match("^pieces:1:"))
print("name", pcall(load(pieces("error('e')"), "=named")))
print("many pieces", load((function()
    local n = 0
    return function()
        n = n + 1
        if n == 1 then return "return 0" end
        if n <= 1000 then return " + 1" end
    end
end)())())
print("wrong piece", (load(function() return {} end)))
