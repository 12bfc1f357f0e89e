-- shows: tostring writes any value, and asks __tostring first.
-- proves: base.tostring, base.tostring.meta

print(tostring(nil), tostring(true), tostring(false), tostring("x"), tostring(12), tostring(-1.5))
print("table", tostring({}):match("^table: ") ~= nil)
print("function", tostring(print):match("^function: ") ~= nil, tostring(function() end):match("^function: ") ~= nil)
local t = {}
print("same value, same text", tostring(t) == tostring(t), tostring(t) == tostring({}))
local object = setmetatable({name = "o"}, {__tostring = function(self) return "<" .. self.name .. ">" end})
print("__tostring", tostring(object))
print("print uses it", object)
print("no argument", (pcall(tostring)))
