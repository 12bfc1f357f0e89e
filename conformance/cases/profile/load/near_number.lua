-- shows: A number is shown as it stands in the source.
-- proves: base.load.near

local function near(source)
    local f, message = loadstring(source, "=s")
    return f, message:match("near '?(.-)'?$")
end
print(near("return 1 2"))
print(near("x 0x1F"))
print(near("local 1.50"))
