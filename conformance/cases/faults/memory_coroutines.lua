-- shows: A limit's error that coroutine.wrap passes on is out_of_memory; one that a script raises again is not.
-- proves: fault.overflow, mtstates.error.out_of_memory, mtstates.error.invoking_state
-- needs: coroutines
local mtstates = require "mtstates"

local state = mtstates.newstate([[
    local function deep() return 1 + deep() end
    local function nest() return 1 + coroutine.wrap(nest)() end
    local kinds = {}
    function kinds.stack() coroutine.wrap(deep)() end
    function kinds.string() coroutine.wrap(string.rep)("x", 2^40) end
    function kinds.inner() coroutine.wrap(function() coroutine.wrap(deep)() end)() end
    function kinds.nested() nest() end
    function kinds.later()
        local f = coroutine.wrap(function() pcall(deep) coroutine.yield() error("stack overflow") end)
        f()
        f()
    end
    function kinds.resumed()
        local _, e = coroutine.resume(coroutine.create(deep))
        error(e, 0)
    end
    function kinds.texts() coroutine.wrap(function() error("lua callstack overflow", 0) end)() end
    function kinds.table() coroutine.wrap(error)({}) end
    return function(kind) return kinds[kind]() end
]])
for _, kind in ipairs { "stack", "string", "inner", "nested", "later", "resumed", "texts", "table" } do
    local ok, err = pcall(state.call, state, kind)
    print(kind, ok, err:name())
end
print(select(2, pcall(state.call, state, "texts")):details():match(": (.*)"))
