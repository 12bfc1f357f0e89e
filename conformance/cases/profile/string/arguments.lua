-- shows: Bad arguments are errors that tell number, function and types.
-- proves: string.arguments

local function message(f)
    local ok, err = pcall(f)
    return ok and "no error" or (err:gsub("^.-:%d+: ", ""))
end

print(message(function() local x = string.rep() end))
print(message(function() local x = string.rep("x") end))
print(message(function() local x = string.rep("x", {}) end))
print(message(function() local x = string.rep("x", "y") end))
print(message(function() local x = string.len(nil) end))
print(message(function() local x = string.upper({}) end))
print(message(function() local x = string.sub() end))
print(message(function() local x = string.sub("x", true) end))
print(message(function() local x = string.byte({}) end))
print(message(function() local x = string.find("x") end))
print(message(function() local x = string.gsub("x", "x") end))
print(message(function() local x = string.gsub("x", "x", 1, "z") end))
print(message(function() local x = string.char("x") end))
print(message(function() local x = string.format("%d", "x") end))
print("place", select(2, pcall(function()
    local x = string.rep()
end)):match("^cases/profile/string/arguments.lua:(%d+): ") ~= nil)
