-- shows: __concat joins values that are neither strings nor numbers.
-- proves: lua.meta.concat

local t = setmetatable({}, {__concat = function(a, b)
    return (type(a) == "table" and "T" or a) .. "+" .. (type(b) == "table" and "T" or b)
end})
print(t .. "x", "x" .. t, t .. 1, t .. t, "a" .. "b" .. t, t .. "a" .. "b")
local left = setmetatable({}, {__concat = function() return "left" end})
local right = setmetatable({}, {__concat = function() return "right" end})
print(left .. right, right .. left, {} .. right, left .. nil)
print((pcall(function() return {} .. {} end)), pcall(function() return setmetatable({}, {__concat = error}) .. "x" end) == false)
print((setmetatable({}, {__concat = function() return 1, 2 end}) .. "x"), #(setmetatable({}, {__concat = function() return {1, 2} end}) .. "x"))
