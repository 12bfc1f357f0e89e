-- shows: The message of an assert in a Lua function begins with its place, as that of error does.
-- proves: base.assert.place

print(pcall(function() assert(nil, "my message") end))
print(pcall(function() assert(false) end))
