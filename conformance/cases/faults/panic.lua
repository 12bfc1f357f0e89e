-- shows: A Go panic in a host function is an error of the state that called it, whatever was panicked with.
-- proves: fault.panic, call.usable
local check = require "check"
local mtstates = require "mtstates"

local state = mtstates.newstate([[
    local host = require "host"
    local calls = 0
    return function(kind, protected)
        calls = calls + 1
        if protected then
            local ok, err = pcall(host.panic, kind)
            return ok, type(err)
        elseif kind then
            host.panic(kind)
        end
        return calls
    end
]])
for i, kind in ipairs { "string", "error", "runtime", "nil map", "struct" } do
    local err = check.fails(mtstates.error.invoking_state, state.call, state, kind)
    check.contains(err:details(), "mtstates.state(id=" .. state:id() .. "): ")
    check.contains(err:traceback(), "stack traceback:\n\t[Go]: in ")
    check.values({n = 2, false, "string"}, state:call(kind, true))
    print(kind, state:call())
end
check.contains(check.fails(mtstates.error.invoking_state, state.call, state, "string"):details(), "a Go panic")

-- in a setup the state is gone, and in the caller's own VM pcall catches it
check.fails(mtstates.error.invoking_state, mtstates.newstate, "panics", "require('host').panic('string')")
check.fails(mtstates.error.unknown_object, mtstates.state, "panics")
check.equal((pcall(require("host").panic, "string")), false)
print(state:call())
