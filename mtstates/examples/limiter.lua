-- A rate limiter that threads share: all of them together may do so much per period, and no more. They call one state
-- at the same time. It serves one of them and turns the others away with the error concurrent_access; these try again.
local mtstates  = require "mtstates"
local llthreads = require "llthreads2.ex"

local PERIODS, THREADS, LIMIT, WISHES = 3, 4, 10, 5

local limiter = mtstates.newstate("limiter", function(limit)
    local left, refused = limit, 0
    return function(request)
        if request == "take" then
            if left > 0 then
                left = left - 1
                return true
            end
            refused = refused + 1
            return false
        elseif request == "next period" then
            local used, missed = limit - left, refused
            left, refused = limit, 0
            return used, missed
        end
        error("unknown request: " .. tostring(request))
    end
end, LIMIT)

local function customer(wishes)
    local mtmsg    = require "mtmsg"
    local mtstates = require "mtstates"
    local limiter  = mtstates.state("limiter")
    local pause    = mtmsg.newbuffer() -- nobody sends anything here: waiting for a message is a pause

    local function take()
        while true do
            local ok, result = pcall(limiter.call, limiter, "take")
            if ok then
                return result
            elseif result ~= mtstates.error.concurrent_access then
                error(result, 0)
            end
            pause:nextmsg(0.0001)
        end
    end

    local granted = 0
    for _ = 1, wishes do
        if take() then
            granted = granted + 1
        end
    end
    return granted
end

print(string.format("%d customers want %d each, %d per period are allowed", THREADS, WISHES, LIMIT))
for period = 1, PERIODS do
    local threads = {}
    for i = 1, THREADS do
        threads[i] = llthreads.new(customer, WISHES):start()
    end
    local total = 0
    for i = 1, THREADS do
        local ok, granted = threads[i]:join()
        assert(ok, granted)
        total = total + granted
    end
    local used, missed = limiter:call("next period")
    assert(used == total)
    print(string.format("period %d: %d were granted, %d refused", period, used, missed))
end
