-- shows: __newindex takes assignments to fields that are not there.
-- proves: lua.meta.newindex

local log = {}
local t = setmetatable({there = 1}, {__newindex = function(self, k, v) log[#log + 1] = k .. "=" .. tostring(v) end})
t.there = 2
t.new = 3
t[1] = true
print(t.there, t.new, t[1], table.concat(log, " "))
local store = {}
local proxy = setmetatable({}, {__newindex = store, __index = store})
proxy.x = 5
print(rawget(proxy, "x"), store.x, proxy.x)
local raw = setmetatable({}, {__newindex = function(self, k, v) rawset(self, k, v .. "!") end})
raw.x = "a"
raw.x = "b"
print(raw.x)
local chain = setmetatable({}, {__newindex = setmetatable({}, {__newindex = function(self, k, v) print("end of chain", k, v) end})})
chain.a = 1
local readonly = setmetatable({}, {__newindex = function() error("read only", 0) end})
print(pcall(function() readonly.x = 1 end))
