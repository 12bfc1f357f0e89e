-- shows: Threads that call one state until they get through: each call counts once, and none is lost.
-- proves: call.busy, call.linearizable, call.keeps
-- edition: seed, 0.4
local check = require "check"
local mtstates = require "mtstates"
local llthreads = require "llthreads2.ex"

local counter = mtstates.newstate("counter", [[
    local sum, calls = 0, 0
    return function(n)
        sum, calls = sum + n, calls + 1
        return sum, calls
    end
]])
local threads = {}
for i = 1, 4 do
    threads[i] = llthreads.new([[
        local n, calls = ...
        local mtstates = require "mtstates"
        local counter = mtstates.state("counter")
        local got, refused = 0, 0
        while got < calls do
            local ok, err = pcall(counter.call, counter, n)
            if ok then
                got = got + 1
            else
                assert(err == mtstates.error.concurrent_access, err)
                refused = refused + 1
            end
        end
        return got
    ]], i, 50):start()
end
for i = 1, 4 do check.values({n = 2, true, 50}, threads[i]:join()) end
print(counter:call(0))
