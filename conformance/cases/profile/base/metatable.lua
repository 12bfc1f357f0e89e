-- shows: setmetatable sets, replaces and removes a metatable; __metatable closes it.
-- proves: base.getmetatable, base.setmetatable, base.setmetatable.protected

local t, m = {}, {}
print("none", getmetatable(t), getmetatable(1), getmetatable(nil))
print("returns the table", setmetatable(t, m) == t)
print("get", getmetatable(t) == m)
print("replace", getmetatable(setmetatable(t, {name = "second"})).name)
print("remove", getmetatable(setmetatable(t, nil)))
local closed = setmetatable({}, {__metatable = "closed"})
print("protected", getmetatable(closed))
print("set protected", pcall(setmetatable, closed, {}))
print("false protects", getmetatable(setmetatable({}, {__metatable = false})))
print("no table", (pcall(setmetatable, 1, {})), (pcall(setmetatable, {}, 1)))
print("nil is needed", (pcall(setmetatable, {})))
