-- shows: Errors are equal when their names are, whatever their details, modules and states, and never to other values.
-- proves: error.eq, mtstates.error:name
local check = require "check"
local mtstates = require "mtstates"
local mtmsg = require "mtmsg"

local a, b = mtstates.newstate("return print"), mtstates.newstate("return print")
a:close()
b:close()
local _, errA = pcall(a.call, a)
local _, errB = pcall(b.call, b)
check.equal(errA == errB, true)
check.equal(errA:details() == errB:details(), false)
check.equal(errA == mtstates.error.object_closed, true)
check.equal(errA ~= mtstates.error.object_exists, true)
check.equal(mtstates.error.object_closed == mtmsg.error.object_closed, false)
check.equal(errA == "mtstates.error.object_closed", false)
check.equal(errA == tostring(errA), false)
check.equal(errA == a, false)
check.equal(rawequal(errA, errB), false)
local names = {}
for name, err in pairs(mtstates.error) do
    check.equal(err:name(), "mtstates.error." .. name)
    names[#names + 1] = name
    for other, err2 in pairs(mtstates.error) do
        check.equal(err == err2, name == other)
    end
end
table.sort(names)
print(table.concat(names, " "))
-- an error with details and a traceback of its own, from a setup that gives no callback
local failure = check.fails(mtstates.error.state_result, mtstates.newstate, "return nil")
check.equal(mtstates.error.state_result == failure, true)
check.equal(failure == errA, false)
