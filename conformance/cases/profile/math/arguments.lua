-- shows: Bad arguments of math functions are errors that tell number, function and types.
-- proves: math.arguments

local function message(f)
    local ok, err = pcall(f)
    return ok and "no error" or (err:gsub("^.-:%d+: ", ""))
end

print(message(function() local x = math.floor() end))
print(message(function() local x = math.floor("x") end))
print(message(function() local x = math.sqrt({}) end))
print(message(function() local x = math.max() end))
print(message(function() local x = math.max(1, nil) end))
print(message(function() local x = math.fmod(1) end))
print(message(function() local x = math.random(0) end))
print(message(function() local x = math.random(2, 1) end))
print(message(function() local x = math.random(1, 2, 3) end))
print(message(function() local x = math.pow(2) end))
