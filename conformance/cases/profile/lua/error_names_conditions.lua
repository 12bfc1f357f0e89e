-- shows: The message of a faulty operation names what "and" and "or" give only where that is sure.
-- proves: lua.errors.names
-- like: Lua 5.1

local function e(f, ...) print((tostring(select(2, pcall(f, ...))):gsub("^.-:%d+: ", ""))) end
local function nothing() return {} end
e(function() return ((8 or 1) and nothing().a).b end)
e(function(x) return ((x or 8) and nothing().a).b end)
e(function(x) return ((x and nil) or nothing().a).b end)
e(function(x) return ((x and nil and 4) or nothing().a).b end)
e(function(x) return (x or nothing().a)() end)
e(function(x) return (x and nothing().a)() end)
e(function(x) return (x == nil and missing)() end)
e(function() return (nil or missing) + 1 end)
e(function() return ((-2 and nothing()[""]) .. 1) end)
e(function() return ((1 + 2 and nothing().x) + 1) end)
e(function() return ((not -2 or nothing().x) + 1) end)
e(function() return (("a" and nothing().x) + 1) end)
e(function() return (({} and nothing().x) + 1) end)
e(function() for i, v in ipairs({nothing().a()}) do end end)
e(function() for i, v in ipairs({nothing():a()}) do end end)
e(function() for i, v in nothing().a() do end end)
e(function() for i = nothing().a(), 2 do end end)
e(function() for i, v in missing do end end)
e(function(x) return ((x and nil or "a") + 1) end)
e(function(x) return ((x or 1) and "a") + 1 end)
e(function(x) return ((x and nil) or (x and false) or missing) + 1 end)
e(function(x) return -((x and nil) or "b") end)
e(function(x) return ((x and nil) or "b").c.d end)
print((function(x) return ((x.y or 1) and 5) + 1, ((x.y and nil) or 7) + 1, (x and false) or x.z end)({z = 3}))
