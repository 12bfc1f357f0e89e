-- shows: A library function that calls a value which cannot be called raises an error with its type.
-- proves: base.print, package.require, base.pcall, base.xpcall
local searchers = package.searchers or package.loaders
local first = searchers[1]
for _, value in ipairs {5, true, "text", {}} do
    searchers[1] = value
    print(pcall(require, "no.such"))
    searchers[1] = first
    local old = tostring
    tostring = value
    local ok, message = pcall(print, 1)
    tostring = old
    print(ok, message)
    print(pcall(value))
    print(xpcall(value, function(message) return "handled: " .. message end))
end
local callable = setmetatable({}, {__call = function(_, v) return "called with " .. v end})
tostring = callable
print(1)
searchers[1] = setmetatable({}, {__call = function(_, name) return function() return "loaded " .. name end end})
io.write(require "some.module", "\n")
