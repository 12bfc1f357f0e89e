-- shows: Errors of any type in setup and callback, with a traceback section for each level.
-- proves: mtstates.error.invoking_state, call.traceback, newstate.failure, call.usable
local check = require "check"
local mtstates = require "mtstates"

local function sections(text)
    local n, at = 0, 1
    while true do
        at = text:find("stack traceback:\n\t", at, true)
        if not at then return n end
        n, at = n + 1, at + 1
    end
end

check.contains(check.fails(mtstates.error.invoking_state, mtstates.newstate, "error('in setup', 0)"):details(), "in setup")
check.contains(check.fails(mtstates.error.invoking_state, mtstates.newstate, "x ="):details(), '[string "x ="]:1:')

local state = mtstates.newstate([[
    return function(kind)
        if kind == "table" then error({}) end
        if kind == "nil" then error(nil) end
        if kind == "tostring" then error(setmetatable({}, { __tostring = function() return "text" end })) end
        if kind == "failing" then error(setmetatable({}, { __tostring = function() error("no") end })) end
        if kind == "index" then return kind.x.y end
        if kind == "closed" then
            local inner = require("mtstates").newstate("return print")
            inner:close()
            inner:call()
        end
        return "ok"
    end
]])
local front = "mtstates.state(id=" .. state:id() .. "): "
local function details(kind)
    local err = check.fails(mtstates.error.invoking_state, state.call, state, kind)
    check.equal(state:call(), "ok")
    return err:details()
end
check.equal(details("table"), front .. "(error object is a table value)")
check.equal(details("nil"), front .. "(error object is a nil value)")
check.equal(details("tostring"), front .. "text")
check.equal(details("failing"), front .. "(error object is a table value)")
check.contains(details("index"), "attempt to index")
check.contains(details("closed"), front .. "mtstates.error.object_closed: mtstates.state(id=")

local three = mtstates.newstate([[
    local two = require("mtstates").newstate("local one = require('mtstates').newstate('return function() error(1) end') " ..
        "return function() one:call() end")
    return function() two:call() end
]])
local err = check.fails(mtstates.error.invoking_state, three.call, three)
check.equal(sections(err:traceback()), 4)
check.equal(sections(err:message()), 4)
check.contains(err:traceback(), "[Go]: in ")
local _, simple = pcall(state.call, state, "table")
check.equal(sections(simple:traceback()), 2)
print(sections(err:traceback()))
