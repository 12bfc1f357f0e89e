-- shows: A state may be called by what it runs, directly, through other states and from coroutines.
-- proves: call.reentrant, tcall.reentrant
-- needs: coroutines
-- edition: 0.4
local check = require "check"
local mtstates = require "mtstates"

local setup = [[
    local mtstates = require "mtstates"
    local unpack, depth = unpack or table.unpack, 0
    return function(path, method, ...)
        depth = depth + 1
        local here = depth
        local name, rest = path:match("^(%S+)%s*(.*)$")
        if not name then
            depth = depth - 1
            return mtstates.id(), here, ...
        end
        local state = mtstates.state(name)
        local results
        if method == "coroutine" then
            results = {coroutine.wrap(function(...)
                coroutine.yield()
                return state:call(...)
            end)(rest, method, ...)}
            local co = coroutine.create(function(...) return state:call(...) end)
            results = {select(2, assert(coroutine.resume(co, rest, method, ...)))}
        elseif method == "tcall" then
            results = {select(2, state:tcall(0, rest, method, ...))}
        else
            results = {state:call(rest, method, ...)}
        end
        assert(depth == here, "the inner call ended first")
        depth = depth - 1
        return unpack(results, 1, 5)
    end
]]
local a, b = mtstates.newstate("a", setup), mtstates.newstate("b", setup)
for _, method in ipairs {"call", "tcall", "coroutine"} do
    for _, path in ipairs {"a", "a a a a", "b a", "b b a a", "b a b a b a"} do
        local id, depth, x, t, last = a:call(path, method, "x", {list = {1, 2}}, false)
        check.equal(id, a:id())
        check.equal(x, "x")
        check.equal(t.list[2], 2)
        check.equal(last, false)
        local _, times = path:gsub("a", "")
        check.equal(depth, times + 1)
    end
    check.equal(a:call("b", method), b:id())
end

-- Errors, and values that cannot cross, end the inner call; the outer ones go on.
local state = mtstates.newstate("state", [[
    local mtstates = require "mtstates"
    local kept = {}
    local function try(...)
        kept[#kept + 1] = select("#", ...)
        local state = mtstates.state("state")
        local ok, err = pcall(state.call, state, ...)
        return ok, tostring(err):match("^[^\n]*"):gsub("id=%d+", "id=N"), #kept
    end
    return function(what)
        if what == "raise" then return try("fail")
        elseif what == "argument" then return try({f = print})
        elseif what == "result" then return try("function")
        elseif what == "close" then
            local me = mtstates.state("state")
            return pcall(me.close, me)
        elseif what == "fail" then error("failed", 0)
        elseif what == "function" then return 1, print
        end
        return what
    end
]])
local name = 'mtstates.state(name="state",id=N)'
check.values({n = 3, false, "mtstates.error.invoking_state: " .. name .. ": failed", 1}, state:call("raise"))
local ok, err, n = state:call("argument")
check.equal(ok, false)
check.contains(err, "bad argument #1 to 'call' (type 'function' not supported at f)")
check.equal(n, 2)
check.values({n = 3, false,
    "mtstates.error.state_result: state function returns bad parameter #2: type 'function' not supported", 3},
    state:call("result"))
ok, err = state:call("close")
check.equal(ok, false)
check.contains(err, "mtstates.error.concurrent_access: state in use: mtstates.state(name=\"state\",id=")
check.equal(state:call("fine"), "fine")

-- States that call themselves without end.
local endless = mtstates.newstate("endless", [[
    local mtstates = require "mtstates"
    return function(stop)
        return stop or mtstates.state("endless"):call()
    end
]])
check.fails("mtstates.error.out_of_memory", endless.call, endless)
check.equal(endless:call("stopped"), "stopped")
print("re-entrant")
