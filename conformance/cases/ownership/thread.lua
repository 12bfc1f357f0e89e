-- shows: A handle that only a thread had is gone after the thread has been joined and one collection.
-- proves: state.collect
-- edition: seed, 0.4
local check = require "check"
local mtstates = require "mtstates"
local llthreads = require "llthreads2.ex"

local code = [[
    local name = ...
    local state = require("mtstates").newstate(name, "return print")
    kept = state
    return state:id()
]]
local joined = llthreads.new(code, "joined"):start()
local _, joinedId = joined:join()
local failing = llthreads.new("local name = ... " ..
    "kept = require('mtstates').newstate(name, 'return print') error(kept:id(), 0)", "failing"):start()
local ok, failingId = failing:join()
check.equal(ok, false)
collectgarbage()
check.gone(mtstates, "joined", joinedId)
check.gone(mtstates, "failing", tonumber(failingId))
check.equal(joined:alive(), false)
print("gone")
