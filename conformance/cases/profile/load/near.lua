-- shows: The message of a syntax error tells the token before which it was seen.
-- proves: base.load.near

local function near(source)
    local f, message = loadstring(source, "=s")
    return f, message:match("near '?(.-)'?$")
end
print(near("x = = 1"))
print(near("x ="))
print(near("for i = 1 do end"))
print(near("if x do"))
print(near("x x"))
print(near("x = 'open"))
print(near("x = }"))
