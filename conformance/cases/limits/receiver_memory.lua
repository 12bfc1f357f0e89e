-- shows: What a state has no memory for does not reach it, whichever way it comes; sender and receiver work on, and nothing is kept.
-- proves: limit.memory, call.limits, call.refused, mtstates.error.out_of_memory
-- needs: limits
-- with: memory
-- edition: seed, 0.4
local check = require "check"
local llthreads2 = require "llthreads2"
local mtmsg = require "mtmsg"
local mtstates = require "mtstates"

local list = {}
for i = 1, 25000 do list[i] = i end
local giver = mtstates.newstate("local list = {} for i = 1, 25000 do list[i] = i end return function() return list end")
local buffer = mtmsg.newbuffer()
local setup = [[
    local giver, buffer = ...
    local llthreads2, mtmsg, mtstates = require "llthreads2", require "mtmsg", require "mtstates"
    local ways = {
        result = function() return giver:call() end,
        tcall = function() return select(2, giver:tcall(1)) end,
        message = function() return (buffer:nextmsg(0)) end,
        part = function() local reader = mtmsg.newreader() reader:nextmsg(buffer, 0) return (reader:next()) end,
        setup = function()
            return (select(2, mtstates.newstate("local list = {} for i = 1, 25000 do list[i] = i end return print, list")))
        end,
        thread = function()
            local thread = llthreads2.new("local list = {} for i = 1, 25000 do list[i] = i end return list"):start()
            local ok, list = thread:join()
            if not ok then error(list, 0) end
            return list
        end,
    }
    local kept = {}
    return function(way, value)
        if way == "clear" then
            kept = {}
            return 0
        end
        if ways[way] then value = ways[way]() end
        kept[#kept + 1] = value
        return #kept, #value
    end
]]
local function ready(way)
    if way == "message" or way == "part" then
        buffer:clear()
        buffer:addmsg(list)
    end
end
local arguments = {argument = list}
for _, way in ipairs {"argument", "result", "tcall", "message", "part", "setup", "thread"} do
    local state = mtstates.newstate(nil, setup, giver, buffer)
    local count = {}
    for round = 1, 3 do
        local n, ok, err = 0, true, nil
        repeat
            n = n + 1
            ready(way)
            ok, err = pcall(state.call, state, way, arguments[way])
        until not ok or n > 100
        check.equal(ok, false)
        check.contains(err, ".error.out_of_memory: ")
        check.contains(check.details(err), "mtstates.state(id=" .. state:id() .. ")")
        check.contains(check.details(err), "not enough memory")
        count[round] = n
        check.equal(state:call("clear"), 0)
        ready(way)
        check.equal(select(2, state:call(way, arguments[way])), 25000)
        check.equal(state:call("clear"), 0)
    end
    check.equal(count[1] > 1, true)
    check.equal(count[3] >= count[1] - 1, true)
    print(way)
    state:close()
end
check.equal(#list, 25000)
check.equal(#giver:call(), 25000)
