-- shows: Coroutines live in a state from call to call, may call states, and yield in none but their own.
-- proves: mtstates.newstate, mtstates.state:call
-- needs: coroutines
-- edition: seed, 0.4
local check = require "check"
local mtstates = require "mtstates"

local generators = mtstates.newstate("generators", [[
    local running = {}
    return function(name, ...)
        if not running[name] then
            running[name] = coroutine.wrap(function(...)
                local sum, n = 0, select("#", ...)
                while true do
                    for i = 1, n do sum = sum + (select(i, ...)) end
                    n = select("#", coroutine.yield(sum))
                    sum = sum + 1000 * n
                    n = 0
                end
            end)
        end
        return running[name](...)
    end
]])
print(generators:call("a", 1, 2), generators:call("b", 5), generators:call("a", 7), generators:call("b", 7, 8))

-- a coroutine calls a state, which may resume coroutines, but not yield for the caller
local co = coroutine.wrap(function()
    for i = 1, 3 do coroutine.yield(generators:call("c", i)) end
    return "end"
end)
print(co(), co(), co(), co())
local yields = mtstates.newstate("yields", "return function() coroutine.yield(1) end")
co = coroutine.create(function() yields:call() end)
local ok, err = coroutine.resume(co)
check.equal(check.is(err, mtstates.error.invoking_state), true)
check.contains(err, "attempt to yield")
print(ok, coroutine.status(co))
print(yields:id() > 0, (pcall(yields.call, yields)))

-- a coroutine does not cross
local taker = mtstates.newstate("return function() return coroutine.create(print) end")
print(select(2, pcall(taker.call, taker, coroutine.create(print))))
local err = check.fails(mtstates.error.state_result, taker.call, taker)
print((check.details(err):match("bad parameter.*")))

-- errors in coroutines of a state
local failing = mtstates.newstate("failing", [[
    return function(how, ...)
        local co = coroutine.create(function(...) coroutine.yield() error(...) end)
        coroutine.resume(co, ...)
        if how == "resume" then return coroutine.resume(co) end
        return coroutine.wrap(function(...) error(...) end)(...)
    end
]])
print(failing:call("resume", "message", 0))
check.contains(check.fails(mtstates.error.invoking_state, failing.call, failing, "wrap", "message", 0), "message")
local own = coroutine.wrap(function()
    local state = mtstates.newstate("return function(a) return a * 2 end")
    local n = 1
    while true do n = state:call(n) coroutine.yield(n) end
end)
print(own(), own(), own())
