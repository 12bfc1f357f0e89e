-- shows: What an error object answers, and when two errors are equal.
-- proves: error.name, error.details, error.traceback, error.message, error.eq, mtstates.error:name, mtstates.error:details, mtstates.error:traceback, mtstates.error:message
local check = require "check"
local mtstates = require "mtstates"

for _, name in ipairs { "invoking_state", "object_closed", "object_exists", "out_of_memory", "state_result",
                        "unknown_object", "concurrent_access" } do
    local e = mtstates.error[name]
    check.equal(e:name(), "mtstates.error." .. name)
    check.equal(tostring(e), e:name())
    check.equal(e:message(), e:name())
    check.equal(e:details(), nil)
    check.equal(e:traceback(), nil)
end
local state = mtstates.newstate("return function(x) error(x, 0) end")
local err = check.fails(mtstates.error.invoking_state, state.call, state, "oops")
check.equal(err:details(), "mtstates.state(id=" .. state:id() .. "): oops")
check.equal(err:message(), err:name() .. ": " .. err:details() .. "\n" .. err:traceback())
check.equal(tostring(err), err:message())
check.equal(err == mtstates.error.object_closed, false)
check.equal(err == select(2, pcall(state.call, state, "other")), true)
print(err:name())
