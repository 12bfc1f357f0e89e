-- shows: __index is asked for missing fields, as table or function, also in a chain.
-- proves: lua.meta.index

local base = {x = "base", f = function() return "inherited" end}
local t = setmetatable({own = 1}, {__index = base})
print(t.own, t.x, t.f(), t.missing)
local chain = setmetatable({}, {__index = t})
print(chain.own, chain.x)
local f = setmetatable({}, {__index = function(self, k) return k .. "!", "dropped" end})
print(f.abc, f[1], rawget(f, "abc"))
local log = {}
local counting = setmetatable({}, {__index = function(self, k) log[#log + 1] = k self[k] = k * 2 return self[k] end})
print(counting[2], counting[2], #log)
print(setmetatable({}, {__index = function() end}).x)
t.x = "mine"
print(t.x, base.x)
local o = setmetatable({}, {__index = {method = function(self) return self end}})
print(o:method() == o)
print(pcall(function() return setmetatable({}, {__index = function() error("inside", 0) end}).x end))
print((pcall(function() return setmetatable({}, {__index = 5}).x end)))
print(setmetatable({}, {__index = string}).rep == string.rep, setmetatable({}, {__index = "text"}).len == string.len)
