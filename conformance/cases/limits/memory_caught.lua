-- shows: The error for too much memory can be caught; a script that catches it again and again and frees nothing is ended.
-- proves: limit.memory, limit.memory_final
-- needs: limits
-- with: memory
-- edition: seed, 0.4
local check = require "check"
local mtstates = require "mtstates"

local state = mtstates.newstate([[
    local kinds = {}
    local function fill() local t = {} while true do t[#t + 1] = {} end end
    function kinds.caught()
        for i = 1, 3 do
            local ok, err = pcall(fill)
            assert(not ok and err == "not enough memory", err)
        end
        return "caught"
    end
    function kinds.handled()
        local ok, err = xpcall(fill, function(e) return e .. "!" end)
        return tostring(ok) .. " " .. err
    end
    function kinds.freed()
        kept = {}
        local ok = pcall(function() while true do kept[#kept + 1] = {} end end)
        kept = nil
        for i = 1, 1e5 do kept = {} end
        return tostring(ok)
    end
    function kinds.loop()
        kept = {}
        while true do pcall(function() while true do kept[#kept + 1] = {} end end) end
    end
    function kinds.nested()
        kept = {}
        local function again() pcall(fill) kept[#kept + 1] = ("x"):rep(1e5) .. #kept return again() end
        while true do pcall(again) end
    end
    function kinds.handler()
        kept = {}
        while true do xpcall(function() while true do kept[#kept + 1] = {} end end, function() while true do kept[#kept + 1] = {} end end) end
    end
    return function(kind) return kinds[kind]() end
]])
for _, kind in ipairs { "caught", "handled", "freed" } do
    print(kind, state:call(kind))
end
for _, kind in ipairs { "loop", "nested", "handler" } do
    check.fails(mtstates.error.out_of_memory, state.call, state, kind)
    print(kind, state:call("freed"))
end
