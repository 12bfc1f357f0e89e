-- shows: A pattern that would backtrack without end is an error; what takes a number of steps for each byte is none.
-- proves: string.patterns.endless
-- like: neither

local subject, pattern = ("a"):rep(30), ("a-"):rep(30) .. "b"
local function stopped(f, ...)
    local ok, message = pcall(f, ...)
    return ok, tostring(message):find("pattern too complex", 1, true) ~= nil
end
print("find", stopped(string.find, subject, pattern))
local long = ("word "):rep(200000)
print("long", #long:match("^%s*(.-)%s*$"), long:find("%u"), select(2, long:gsub("%w+", "")))
