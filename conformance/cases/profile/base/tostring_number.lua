-- shows: A number that __tostring returns becomes text.
-- proves: base.tostring.number
-- like: Lua 5.2

local twelve = setmetatable({}, {__tostring = function() return 12 end})
print(type(tostring(twelve)), tostring(twelve), tostring(twelve) == "12")
