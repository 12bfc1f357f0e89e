-- shows: debug.traceback has the same form, with levels and messages.
-- proves: error.traceback
local function f(...)
    local text = debug.traceback(...)
    return text
end
local function g(...)
    local text = f(...)
    return text
end
print((g()))
print((g("message")))
print((g("message", 1)))
print((g("message", 2)))
print((g("message", 3)))
print((g("message", 0)))
print((xpcall(g, debug.traceback)))
print(select(2, xpcall(function() error("in xpcall") end, debug.traceback)))
print(select(2, xpcall(function() error("again") end, function(m) return debug.traceback(m, 1) end)))
print(type(debug.traceback({})))
