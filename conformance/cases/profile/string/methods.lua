-- shows: Strings have the functions of string as methods.
-- proves: string.methods

print("call", ("x"):rep(3), ("abc"):upper():reverse())
print("index", ("abc").len == string.len, ("abc").nothing)
print("metatable", getmetatable("").__index == string)
string.shout = function(s) return s:upper() .. "!" end
print("own method", ("hey"):shout())
string.shout = nil
print("removed", (pcall(function() return ("hey"):shout() end)))
print("number has none", (pcall(function() local n = 5 return n:rep(2) end)))
