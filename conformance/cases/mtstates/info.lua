-- shows: The modules tell their version, and mtstates what it runs on, in the script and in new states.
-- proves: mtstates._VERSION, mtstates._INFO, mtmsg._VERSION, llthreads2._VERSION
-- edition: seed, 0.4
local check = require "check"
local mtstates = require "mtstates"

check.contains(mtstates._VERSION, ".")
check.equal(mtstates._INFO:sub(1, 9 + #mtstates._VERSION), "mtstates " .. mtstates._VERSION)
check.contains(mtstates._INFO, _VERSION .. ")")
local info, version, lua = mtstates.newstate([[
    local mtstates = require "mtstates"
    return function() return mtstates._INFO, mtstates._VERSION, _VERSION end
]]):call()
check.equal(version, mtstates._VERSION)
check.contains(info, lua .. ")")
check.equal(require("mtmsg")._VERSION, version)
check.equal(require("llthreads2")._VERSION, version)
print(mtstates._VERSION)
