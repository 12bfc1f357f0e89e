-- shows: An error inside __tostring of what a callback prints or returns is an error of the state like any other.
-- proves: fault.objects, call.usable
local check = require "check"
local mtstates = require "mtstates"

local state = mtstates.newstate([[
    local bad = setmetatable({}, { __tostring = function() error("inside __tostring", 0) end })
    local uncallable = setmetatable({}, { __tostring = "x" })
    return function(kind)
        if kind == "uncallable" then return tostring(uncallable) end
        if kind == "uncallable error" then error(uncallable) end
        if kind == "tostring" then return tostring(bad) end
        if kind == "print" then print(bad) end
        if kind == "concat" then return "x" .. bad end
        if kind == "error" then error(bad) end
        if kind == "result" then return { bad, print } end
        return "works"
    end
]])
local function details(name, kind)
    local err = check.fails(mtstates.error[name], state.call, state, kind)
    check.equal(state:call(), "works")
    return err:details()
end
print((details("invoking_state", "uncallable"):gsub("^.-: ", "")))
print((details("invoking_state", "uncallable error"):gsub("^.-: ", "")))
check.contains(details("invoking_state", "tostring"), "inside __tostring")
check.contains(details("invoking_state", "print"), "inside __tostring")
details("invoking_state", "concat")
check.contains(details("invoking_state", "error"), "(error object is a table value)")
check.contains(details("state_result", "result"), "type 'function' not supported at [2]")
print(state:call())
