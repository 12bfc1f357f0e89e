-- shows: xpcall hands the error to the handler where it happens, and returns what that returns.
-- proves: base.xpcall

print("success", xpcall(function() return 1, 2, 3 end, print))
print("handler", xpcall(function() error("e", 0) end, function(e) return "handled " .. e end))
print("one result", xpcall(function() error("e", 0) end, function(e) return e, "dropped" end))
print("error value", xpcall(function() error({code = 5}) end, function(e) return e.code end))
print("runtime error", xpcall(function() local x = nil; return x.y end, function(e) return type(e) end))
local traceback
local function raise() error("deep", 0) end
xpcall(function() raise() end, function(e) traceback = debug.traceback(e, 1) return e end)
print("handler sees the stack", traceback:find("raise", 1, true) ~= nil)
print("after it", pcall(function() return "ok" end))
print("nested", xpcall(function()
    print("inner", xpcall(error, function(e) return "inner handler" end))
    error("outer", 0)
end, function(e) return "outer handler " .. e end))
