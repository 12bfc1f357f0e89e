-- shows: pcall returns true and the results, or false and the error.
-- proves: base.pcall

print("results", pcall(function(...) return ... end, 1, nil, 3))
print("no results", pcall(function() end))
print("count", select("#", pcall(function() return nil, nil end)))
print("error", pcall(error, "e", 0))
print("no function", (pcall(nil)), (pcall(5)), (pcall({})))
print("callable", pcall(setmetatable({}, {__call = function(_, x) return "called", x end}), 7))
print("nested", pcall(pcall, error, "e", 0))
print("in a loop", (function()
    local n = 0
    for i = 1, 1000 do if not pcall(error, i) then n = n + 1 end end
    return n
end)())
print("no argument", (pcall(pcall)))
