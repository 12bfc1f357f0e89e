-- shows: debug.traceback puts the stack below a message, a line for each function.
-- proves: debug.traceback

local function inner() return debug.traceback("message") end
local function outer() local text = inner() return text end
local text = outer()
local lines = {}
for line in text:gmatch("[^\n]+") do lines[#lines + 1] = line end
print(lines[1])
print(lines[2])
print(lines[3]:match("^\tcases/profile/debug/traceback.lua:4: in function ") ~= nil)
print(lines[4]:match("^\tcases/profile/debug/traceback.lua:5: in function ") ~= nil)
print(lines[5]:match("^\tcases/profile/debug/traceback.lua:6: in main chunk$") ~= nil)
print("without message", debug.traceback():match("^stack traceback:\n\t") ~= nil)
print("level", (function()
    local function f() return debug.traceback("m", 2) end
    local text = f()
    return text:match("^m\nstack traceback:\n\tcases/profile/debug/traceback.lua:17:") ~= nil
end)())
print("number", debug.traceback(5):match("^5\nstack traceback:") ~= nil)
local t = {}
print("other values", debug.traceback(t) == t, debug.traceback(true), debug.traceback(print) == print)
print("nil", debug.traceback(nil) == nil or debug.traceback(nil):match("^stack traceback:") ~= nil)
print("in xpcall", select(2, xpcall(function() error("e", 0) end, debug.traceback)):match("^e\nstack traceback:\n\t") ~= nil)
