-- shows: An error in the handler ends the call with false.
-- proves: base.xpcall.handler

print("handler fails", (xpcall(function() error("a", 0) end, function() error("b", 0) end)))
print("still fine", pcall(function() return 1 end))
