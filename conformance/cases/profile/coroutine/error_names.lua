-- shows: Errors that end a coroutine name what they were raised for, too.
-- proves: coroutine.resume.names
-- needs: coroutines
-- like: Lua 5.1

local t, up = {}, nil
local function e(f, ...) print((tostring(select(2, pcall(f, ...))):gsub("^.-:%d+: ", ""))) end
e(coroutine.wrap(function() missing() end))
print((select(2, coroutine.resume(coroutine.create(function() t.u.v = 1 end))):gsub("^.-:%d+: ","")))
local function resumed(f) print((select(2, coroutine.resume(coroutine.create(f))):gsub("^.-:%d+: ", ""))) end
resumed(function() up() end)
resumed(function() local n = nil return n .. "x" end)
local co = coroutine.create(function(x) coroutine.yield() return x.y.z end)
coroutine.resume(co, {})
print((select(2, coroutine.resume(co)):gsub("^.-:%d+: ", "")))
