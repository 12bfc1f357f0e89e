-- shows: %s takes any value and writes it as tostring does.
-- proves: string.format.tostring
-- like: Lua 5.2

print(("%s %s %s"):format(nil, true, false))
print(("%s"):format(setmetatable({}, {__tostring = function() return "an object" end})))
print(("%10s|"):format(setmetatable({}, {__tostring = function() return "object" end})))
print(("%s"):format({}):match("^table: ") ~= nil, ("%s"):format(print):match("^function: ") ~= nil)
print("no value", (pcall(string.format, "%s")))
