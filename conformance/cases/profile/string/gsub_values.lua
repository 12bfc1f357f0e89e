-- shows: A function or table gives the replacement; nil and false keep the match.
-- proves: string.gsub.function, string.gsub.table

print("function", ("abc"):gsub("%w", function(c) return c:upper() .. "." end))
print("captures", ("k=v"):gsub("(%w)=(%w)", function(k, v) return v .. k end))
print("kept by nil", ("abc"):gsub("b", function() end))
print("kept by false", ("abc"):gsub("b", function() return false end))
print("number", ("abc"):gsub("b", function() return 7 end))
print("table", ("$name is $age"):gsub("%$(%w+)", {name = "Lua", age = 30}))
print("missing key", ("$x"):gsub("%$(%w+)", {}))
print("table by whole match", ("a b"):gsub("%w", {a = "1"}))
print("index metamethod", ("ab"):gsub("%w", setmetatable({}, {__index = function(_, k) return k .. k end})))
print("position key", ("abc"):gsub("()b", {[2] = "two"}))
print("wrong result", (pcall(string.gsub, "abc", "b", function() return {} end)))
print("wrong replacement", (pcall(string.gsub, "abc", "b", true)))
print("error inside", pcall(string.gsub, "abc", "b", function() error("inside", 0) end))
