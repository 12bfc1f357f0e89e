-- shows: The messages of faulty operations tell the operation and the type.
-- proves: lua.errors.messages

local function message(f)
    local ok, err = pcall(f)
    return ok and "no error" or (err:gsub("^.-:%d+: ", ""))
end
print(message(function() local t = {} t.x.y = 1 end):match("^attempt to index .*%(?a nil value%)?$") ~= nil)
print(message(function() local f f() end):match("^attempt to call .*%(?a nil value%)?$") ~= nil)
print(message(function() return {} + 1 end):match("^attempt to perform arithmetic on .*a table value") ~= nil)
print(message(function() return "x" .. nil end):match("^attempt to concatenate .*a nil value") ~= nil)
print(message(function() return {} < {} end))
print(message(function() return 1 < "x" end))
print(message(function() return nil < 1 end))
print(message(function() return #5 end):match("^attempt to get length of .*a number value") ~= nil)
