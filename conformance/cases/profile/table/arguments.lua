-- shows: Bad arguments of table functions are errors that tell number, function and types.
-- proves: table.arguments

local function message(f)
    local ok, err = pcall(f)
    return ok and "no error" or (err:gsub("^.-:%d+: ", ""))
end

print(message(function() local x = table.concat() end))
print(message(function() local x = table.concat({{}}) end))
print(message(function() local x = table.concat({}, {}) end))
print(message(function() local x = table.insert() end))
print(message(function() local x = table.insert({}) end))
print(message(function() local x = table.remove(1) end))
print(message(function() local x = table.sort() end))
print(message(function() local x = table.sort({}, 1) end))
