-- shows: A script may replace standard functions; others see the new one.
-- proves: base.replace

local old = tostring
tostring = function(v) return "<" .. old(v) .. ">" end
print(1, "x")
tostring = old
print(1, "x")
local format = string.format
string.format = function(...) return "mine " .. format(...) end
print(("%d"):format(1))
string.format = format
print(("%d"):format(1))
math.twice = function(x) return 2 * x end
print(math.twice(4))
math.twice = nil
