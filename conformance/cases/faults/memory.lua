-- shows: An error that a limit of the state raised is out_of_memory; what a script raises is not, whatever its text.
-- proves: fault.overflow, mtstates.error.out_of_memory, mtstates.error.invoking_state
local mtstates = require "mtstates"

local state = mtstates.newstate([[
    local function deep() return 1 + deep() end
    local kinds = {}
    function kinds.string() return ("x"):rep(2^40) end
    function kinds.stack() return deep() end
    function kinds.quota() error("user quota: not enough memory", 0) end
    function kinds.texts() error("stack overflow", 0) end
    function kinds.assert() assert(false, "not enough memory") end
    function kinds.caught()
        local _, e = pcall(string.rep, "x", 2^40)
        error(e, 0)
    end
    function kinds.caughtDeep()
        local _, e = pcall(deep)
        error(e, 0)
    end
    return function(kind) return kinds[kind]() end
]])
for _, kind in ipairs { "string", "stack", "quota", "texts", "assert", "caught", "caughtDeep" } do
    local ok, err = pcall(state.call, state, kind)
    print(kind, ok, err:name())
end
