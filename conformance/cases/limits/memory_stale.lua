-- shows: What functions that have returned left in the VM's registers is not the state's any more.
-- proves: limit.memory
-- needs: limits
-- with: memory
-- edition: seed, 0.4
local check = require "check"
local mtstates = require "mtstates"

local state = mtstates.newstate([[
    local function large() return ("x"):rep(3 * 2^20) end
    local calls = {}
    -- The string is in a register far above the base.
    function calls.deep()
        local function down(n)
            if n > 0 then return (down(n - 1)) end
            local text = large()
            return #text
        end
        return down(20)
    end
    -- The registers of this function reach as far, but it uses them only at the end.
    function calls.wide()
        local n = #large() + #large():sub(1, 10)
        do
            local a1, a2, a3, a4, a5, a6, a7, a8, a9, a10 = 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
            local b1, b2, b3, b4, b5, b6, b7, b8, b9, b10 = 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
            local c1, c2, c3, c4, c5, c6, c7, c8, c9, c10 = 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
            local d1, d2, d3, d4, d5, d6, d7, d8, d9, d10 = 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
            local e1, e2, e3, e4, e5, e6, e7, e8, e9, e10 = 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
            local f1, f2, f3, f4, f5, f6, f7, f8, f9, f10 = 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
            local g1, g2, g3, g4, g5, g6, g7, g8, g9, g10 = 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
            n = n + a1 + g10
        end
        return n
    end
    return function(name) return calls[name]() end
]])
for i = 1, 5 do
    check.equal(state:call("deep"), 3 * 2^20)
    check.equal(state:call("wide"), 3 * 2^20 + 21)
end
print("reused")
