-- shows: Handlers of xpcall that fail, and functions and handlers that call xpcall without end, leave the process alive.
-- proves: fault.overflow, call.usable
local check = require "check"
local mtstates = require "mtstates"

local source = [[
    local kinds = {}
    function kinds.itself()
        local function f() return xpcall(f, f) end
        return (f())
    end
    function kinds.metamethod()
        local t = setmetatable({}, {})
        local function get() return t.x end
        getmetatable(t).__index = function() return xpcall(get, get) end
        return get()
    end
    function kinds.handler()
        local function handler(e) return xpcall(error, handler, e) end
        return pcall(xpcall, error, handler)
    end
    function kinds.fails() return xpcall(error, function(e) error(e .. " again") end, "e") end
    function kinds.indexes() return xpcall(error, function(e) return e.x.y end, "e") end
    function kinds.nocall() -- which Lua 5.4 refuses before it calls anything
        local ok, handled = pcall(xpcall, error, 5, "e")
        return ok and handled
    end
    function kinds.none() return xpcall(nil, function(e) return "handled: " .. e end) end
    function kinds.deep(n) -- at each depth there is something that cannot be called
        if n > 0 then return 1 + kinds.deep(n - 1) end
        return xpcall(nil, function(e) return e end) and 0 or 1
    end
    return function(kind, n) return kinds[kind](n) end
]]
local state = mtstates.newstate(source)
for _, kind in ipairs { "itself", "metamethod", "handler", "fails", "indexes", "nocall", "none" } do
    print(kind, state:call(kind))
end
for n = 0, 40 do check.equal(state:call("deep", n), n + 1) end
local load = loadstring or load
local kinds = load(source)() -- in a main script
print(kinds("itself"), kinds("handler"))
print(state:call("fails"))
