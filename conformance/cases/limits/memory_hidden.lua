-- shows: What a script does not see any more counts as long as it takes memory, and what it cuts out of a string is its own.
-- proves: limit.memory_hidden
-- needs: limits
-- with: memory
-- edition: seed, 0.4
local check = require "check"
local mtstates = require "mtstates"

local state = mtstates.newstate([[
    local bombs, unpack = {}, unpack or table.unpack
    function bombs.emptied()
        local t = {}
        while true do
            local u = {}
            t[#t + 1] = u
            for j = 1, 5000 do u[j + 0.5] = j end
            for j = 1, 5000 do u[j + 0.5] = nil end
        end
    end
    function bombs.cleared()
        local t = {}
        while true do
            local u = {}
            t[#t + 1] = u
            for j = 1, 5000 do u[j] = j end
            for j = 1, 5000 do u[j] = nil end
        end
    end
    function bombs.varargs()
        local function f(...) local t = {} while true do t[#t + 1] = {...} end end
        local list = {}
        for i = 1, 5000 do list[i] = true end
        f(unpack(list))
    end
    function bombs.upvalues()
        local t = {}
        while true do local s = ("x"):rep(1e5) .. #t t[#t + 1] = function() return s end end
    end
    function bombs.iterators()
        local t = {}
        while true do t[#t + 1] = (("x"):rep(1e5) .. #t):gmatch("x") end
    end
    -- Each of these keeps only a few bytes of each long string.
    local cuts = {}
    function cuts.sub(s) return s:sub(1, 10) end
    function cuts.match(s) return s:match("^xxx") end
    function cuts.find(s) return (select(3, s:find("^(xxx)"))) end
    function cuts.gmatch(s) return s:gmatch("xxx")() end
    function cuts.gsub(s) local found s:gsub("xxx", function(x) found = x end, 1) return found end
    function cuts.middle(s) return s:sub(1000, 1003) end
    return function(name)
        if bombs[name] then bombs[name]() end
        local t = {}
        for i = 1, 20 do t[i] = cuts[name](("x"):rep(1e6) .. i) end
        return #t, t[20]
    end
]])
for _, name in ipairs { "emptied", "cleared", "varargs", "upvalues", "iterators" } do
    check.fails(mtstates.error.out_of_memory, state.call, state, name)
    print(name)
end
for _, name in ipairs { "sub", "match", "find", "gmatch", "gsub", "middle" } do
    print(name, state:call(name))
end
