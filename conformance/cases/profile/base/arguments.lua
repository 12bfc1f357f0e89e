-- shows: Bad arguments of base functions are errors that tell number, function and types.
-- proves: base.arguments

local function message(f)
    local ok, err = pcall(f)
    return ok and "no error" or (err:gsub("^.-:%d+: ", ""))
end

print(message(function() local x = setmetatable(1, {}) end))
print(message(function() local x = setmetatable({}, 1) end))
print(message(function() local x = ipairs() end))
print(message(function() local x = next(1) end))
print(message(function() local x = rawget(1, 2) end))
print(message(function() local x = rawset({}) end))
print(message(function() local x = select() end))
print(message(function() local x = select(0) end))
print(message(function() local x = type() end))
print(message(function() local x = tostring() end))
print(message(function() local x = tonumber("1", 99) end))
print(message(function() local x = tonumber("1", "x") end))
print(message(function() local x = pcall() end))
