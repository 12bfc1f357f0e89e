-- shows: mtstates.id is the id of the running state.
-- proves: mtstates.id, id.running, isowner.all
-- needs: coroutines
local check = require "check"
local llthreads = require "llthreads2"
local mtstates = require "mtstates"

check.values({n = 1, nil}, mtstates.id())
local outer, inSetup = mtstates.newstate([[
    local mtstates = require "mtstates"
    local inner, inSetup = mtstates.newstate("local id = require('mtstates').id return id, id()")
    return function(what)
        if what == "inner" then return inner:call(), inner:id(), inSetup end
        if what == "coroutine" then return coroutine.wrap(mtstates.id)() end
        return mtstates.id()
    end, mtstates.id()]])
check.equal(inSetup, outer:id())
check.equal(outer:call(), outer:id())
check.equal(outer:call("coroutine"), outer:id())
local id, innerID, innerSetup = outer:call("inner")
check.equal(id, innerID)
check.equal(innerSetup, innerID)
check.equal(outer:call(), outer:id())
check.values({n = 1, nil}, mtstates.id())
check.values({n = 2, true, nil}, llthreads.new("return require('mtstates').id()"):start():join())
check.equal(outer:isowner(), true)
check.equal(mtstates.state(outer:id()):isowner(), true)
print("known to itself")
