-- shows: Source that is nested too deeply is a syntax error.
-- proves: base.load.nesting

local function load_nested(open, close, n)
    local f, message = loadstring("return " .. open:rep(n) .. "1" .. close:rep(n), "=nested")
    return f == nil, type(message)
end
print("tables", load_nested("{", "}", 10000))
print("parentheses", load_nested("(", ")", 10000))
print("functions", load_nested("function() return ", " end", 10000))
print("unary", load_nested("- ", "", 10000))
print("blocks", (function()
    local f, message = loadstring(("do "):rep(10000) .. ("end "):rep(10000), "=nested")
    return f == nil, type(message)
end)())
print("flat enough", (loadstring("return " .. ("{"):rep(100) .. ("}"):rep(100)) ~= nil))
