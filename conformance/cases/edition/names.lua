-- shows: Several states may have one name, which is ambiguous as long as they live.
-- proves: newstate.shared_name, state.ambiguous, mtstates.error.ambiguous_name
-- edition: 0.4
local check = require "check"
local mtstates = require "mtstates"

local first = mtstates.newstate("twin", "return function() return 1 end")
local second = mtstates.newstate("twin", "return function() return 2 end")
local err = check.fails(mtstates.error.ambiguous_name, mtstates.state, "twin")
check.contains(err, 'state name "twin"')
check.fails(mtstates.error.ambiguous_name, mtstates.singleton, "twin", "return print")
check.equal(mtstates.state(first:id()):call(), 1)
check.equal(mtstates.state(second:id()):call(), 2)
first:close()
check.equal(mtstates.state("twin"):call(), 2)

-- A state in its setup does not count, nor does one whose setup fails, nor a collected one.
local third, during = mtstates.newstate("twin", [[
    local mtstates = require "mtstates"
    local during = mtstates.state("twin"):call()
    return function() return 3 end, during]])
check.equal(during, 2)
check.fails(mtstates.error.ambiguous_name, mtstates.state, "twin")
check.fails("failed", mtstates.newstate, "twin", "error('failed')")
third = nil
collectgarbage()
check.equal(mtstates.state("twin"):call(), 2)
check.equal(mtstates.singleton("twin", "error('is not used')"):call(), 2)
check.equal(mtstates.error.object_exists, nil)
print("ambiguous")
