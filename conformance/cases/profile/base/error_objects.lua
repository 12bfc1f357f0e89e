-- shows: An error value goes through several protected calls unchanged.
-- proves: base.error.values

local Failure = {__tostring = function(self) return "failure " .. self.code end}
local function raise(code) error(setmetatable({code = code}, Failure)) end
local ok, err = pcall(function()
    local inner, first = pcall(raise, 1)
    print("inner", inner, first.code, getmetatable(first) == Failure)
    error(first)
end)
print("outer", ok, err.code, tostring(err))
local ok, f = pcall(error, print)
print("function", f == print)
