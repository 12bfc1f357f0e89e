-- shows: A call that runs too many instructions ends at the same place each time, wherever it runs them.
-- proves: limit.instructions, mtstates.error.interrupted
-- needs: limits
-- with: instructions
-- edition: seed, 0.4
local check = require "check"
local mtstates = require "mtstates"

local setup = [[
    local n = 0
    local function loop() while true do n = n + 1 end end
    local kinds = { loop = loop }
    function kinds.calls() local function f() n = n + 1 end while true do f() end end
    function kinds.caught() while true do pcall(loop) end end
    function kinds.handler() while true do xpcall(error, loop) end end
    function kinds.late() xpcall(loop, loop) end
    function kinds.sort() while true do table.sort({5, 4, 3, 2, 1}, function(a, b) n = n + 1 return a < b end) end end
    function kinds.gsub() while true do ("abcdef"):gsub(".", function() n = n + 1 end) end end
    function kinds.metamethod()
        local t = setmetatable({}, {__index = function() n = n + 1 end})
        while true do local x = t.x end
    end
    return function(kind)
        if kind == "count" then
            local counted = n
            n = 0
            return counted
        end
        kinds[kind]()
    end
]]
for _, kind in ipairs { "loop", "calls", "caught", "handler", "late", "sort", "gsub", "metamethod" } do
    local counts = {}
    for i = 1, 3 do
        local state = mtstates.newstate(setup)
        local err = check.fails(mtstates.error.interrupted, state.call, state, kind)
        if not check.details(err):find("too many instructions$") then print(check.details(err)) end
        counts[i] = state:call("count")
    end
    check.equal(counts[1], counts[2])
    check.equal(counts[2], counts[3])
    print(kind, counts[1] > 1000)
end
