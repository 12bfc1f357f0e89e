-- shows: A chunk without a name is shown by its text.
-- proves: base.load.chunkname

local function chunk(...)
    local f, message = loadstring(...)
    return f, message:match("^.-:%d+:")
end
print(chunk("x x"))
print(select(2, pcall(loadstring("error('e')"))))
print(chunk("x x", "@dir/file.lua"))
print(chunk("x x", "=stdin"))
print(chunk("\nx x", "=second line"))
print(chunk("\nx x"))
