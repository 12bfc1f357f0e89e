-- shows: A yield through a standard function is an error, which can be caught, and the coroutine goes on.
-- proves: coroutine.yield.boundary
-- needs: coroutines

local function try(what, f)
    local co = coroutine.create(f)
    local ok, err = coroutine.resume(co)
    print(what, ok, tostring(err):match("attempt to yield"), coroutine.status(co))
end
local function yield() coroutine.yield() end
try("sort", function() table.sort({3, 2, 1}, function(a, b) yield() return a < b end) end)
try("gsub", function() return (("abc"):gsub("%w", yield)) end)
try("gsub with yield", function() return (("abc"):gsub("%w", coroutine.yield)) end)
try("tostring", function() return tostring(setmetatable({}, {__tostring = function() yield() return "x" end})) end)
try("load", function() return select(2, load(yield)) end)
try("require", function() package.preload.yielding = yield return require "yielding" end)
try("caught", function() return select(2, pcall(table.sort, {2, 1}, yield)) end)
local co = coroutine.wrap(function()
    local ok = pcall(table.sort, {2, 1}, yield)
    local x = coroutine.yield(ok)
    return "end", x, pcall(string.gsub, "x", "x", yield)
end)
print(co())
print((co("more")))
print("outside", select(2, pcall(coroutine.yield, 1)):match("attempt to yield"))
print("outside", select(2, pcall(table.sort, {2, 1}, yield)):match("attempt to yield"))
