-- shows: However a state fills its memory, it gets "not enough memory", and works afterwards.
-- proves: limit.memory, mtstates.error.out_of_memory
-- needs: limits
-- with: memory
-- edition: seed, 0.4
local check = require "check"
local mtstates = require "mtstates"

local state = mtstates.newstate([[
    local load = loadstring or load
    local bombs = {}
    function bombs.tables() local t = {} while true do t[#t + 1] = {} end end
    function bombs.nested() local t = {} while true do t = {t} end end
    function bombs.records() local t, i = {}, 0 while true do i = i + 1 t[i] = {name = "n" .. i, x = i} end end
    function bombs.strings() local t, i = {}, 0 while true do i = i + 1 t[i] = "string number " .. i end end
    function bombs.doubling() local s = "x" while true do s = s .. s end end
    function bombs.large() local t, s = {}, ("x"):rep(1e6) while true do t[#t + 1] = s .. #t end end
    function bombs.middle() local t, s = {}, ("x"):rep(5e4) while true do t[#t + 1] = s .. #t end end
    function bombs.closures() local t, i = {}, 0 while true do i = i + 1 local j = i t[i] = function() j = j + 1 end end end
    function bombs.fields() local t, i = {}, 0 while true do i = i + 1 t["k" .. i] = i end end
    function bombs.keys() local t = {} while true do t[{}] = true end end
    function bombs.metatables() local t, i = {}, 0 while true do i = i + 1 t[i] = setmetatable({}, {__index = t}) end end
    function bombs.numbers() local t, i = {}, 0.5 while true do i = i + 1 t[#t + 1] = i end end
    function bombs.code() local t, i = {}, 0 while true do i = i + 1 t[i] = load("local x = 1 return x + " .. i) end end
    function bombs.format() local t = {} while true do t[#t + 1] = ("%099d"):rep(100):format((unpack or table.unpack)(t, 1, 0)) end end
    function bombs.upper() local t, s = {}, ("x"):rep(1e6) while true do t[#t + 1] = s:upper() end end
    function bombs.gsub() local t, s = {}, ("x"):rep(1e5) while true do t[#t + 1] = s:gsub("x", "yy") end end
    function bombs.concat() local t, s = {}, {} while true do s[#s + 1] = "some text" t[#t + 1] = table.concat(s) end end
    function bombs.argument(f) return f(("x"):rep(1e7), ("y"):rep(1e7), ("z"):rep(1e7)) end
    function bombs.handler() xpcall(error, function() bombs.tables() end) bombs.tables() end
    function bombs.metamethod() return setmetatable({}, {__index = function() bombs.tables() end}).x end
    function bombs.sort() table.sort({3, 1, 2}, bombs.tables) end
    function bombs.global() kept = {} while true do kept[#kept + 1] = {} end end
    bombs.format = nil -- a bad argument ends it
    local names = {}
    for name in pairs(bombs) do names[#names + 1] = name end
    table.sort(names)
    return function(name)
        if not name then return names end
        if name == "works" then
            kept = nil
            local n = 0
            for i = 1, 1e5 do n = n + #{i} end
            return n
        end
        bombs[name](print)
    end
]])
for _, name in ipairs(state:call()) do
    local err = check.fails(mtstates.error.out_of_memory, state.call, state, name)
    if not check.details(err):find("not enough memory$") then print(name, check.details(err)) end
    check.equal(state:call("works"), 1e5)
    print(name)
end
