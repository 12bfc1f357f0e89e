-- shows: The modes r, w, a, r+, w+ and a+, also with b.
-- proves: io.open.modes

local name = os.tmpname()
local function content()
    local file = assert(io.open(name, "rb"))
    local text = file:read("*a")
    file:close()
    return text
end
local function with(mode, action)
    local file = assert(io.open(name, mode))
    local result = action(file)
    file:close()
    return result
end
with("w", function(f) f:write("one") end)
print("w", content())
with("a", function(f) f:write(" two") end)
print("a", content())
with("w", function(f) f:write("new") end)
print("w again", content())
with("r+", function(f) f:write("N") end)
print("r+", content())
print("w+", with("w+", function(f) f:write("abc") f:seek("set") return f:read("*a") end))
print("a+", with("a+", function(f) f:write("def") f:seek("set", 1) return f:read("*a") end))
with("wb", function(f) f:write("a\r\nb\0c") end)
print("b", #content(), content() == "a\r\nb\0c")
print("default is r", with(nil, function(f) return f:read(1) end))
print("write to r", with("r", function(f) return f:write("x") end))
print("kept", #content())
os.remove(name)
