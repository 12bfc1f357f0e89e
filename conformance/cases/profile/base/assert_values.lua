-- shows: A message that is not a string is raised as it is.
-- proves: base.assert.values
-- like: neither

local object = {}
print("table", select(2, pcall(assert, false, object)) == object)
print("table in a function", select(2, pcall(function() assert(false, object) end)) == object)
print("userdata", io.type(select(2, pcall(assert, nil, io.stdout))))
