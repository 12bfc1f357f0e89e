-- shows: error raises any value; a string gets the place that the level names.
-- proves: base.error, base.error.level, base.error.values

print("text", pcall(error, "plain", 0))
local function fail() error("here") end
print("level 1", select(2, pcall(fail)))
local function checked() error("caller", 2) end
local ok, message = pcall(function()
    checked()
end)
print("level 2", message)
print("level 0", pcall(function() error("bare", 0) end))
local object = {}
print("table", select(2, pcall(error, object)) == object)
print("number", pcall(error, 42))
print("boolean", pcall(error, false))
print("nil", pcall(error, nil))
print("nothing", pcall(error))
print("table has no place", type(select(2, pcall(function() error(object) end))))
