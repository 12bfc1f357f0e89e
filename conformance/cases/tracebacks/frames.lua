-- shows: Each kind of function on the stack has its line: Lua functions, methods, callbacks of Go functions, pcall.
-- proves: error.traceback, call.traceback
local mtstates = require "mtstates"

local state = mtstates.newstate([[
local host = require "host"
local object = {}
function object:method(kind)
    if kind == "string" then
        local text = ("x"):rep({})
    elseif kind == "call" then
        kind()
    elseif kind == "index" then
        local value = kind.x.y
    elseif kind == "arithmetic" then
        local value = {} + 1
    elseif kind == "assert" then
        assert(false, "asserted")
    elseif kind == "go" then
        host.panic("string")
    elseif kind == "tail" then
        local function last() error("in a tail call") end
        return last()
    elseif kind == "rethrown" then
        local ok, err = pcall(error, "first", 0)
        error(err, 0)
    end
end
local metatable = { __index = function(t, key)
    object:method(key)
    return key
end }
local magic = setmetatable({}, metatable)
return function(kind)
    local function inner()
        host.each(function(kind)
            local value = magic[kind]
        end, kind)
    end
    inner()
    return kind
end]])
for _, kind in ipairs { "string", "call", "index", "arithmetic", "assert", "go", "tail", "rethrown" } do
    local ok, err = pcall(state.call, state, kind)
    print(kind, ok)
    print(err:traceback())
end
