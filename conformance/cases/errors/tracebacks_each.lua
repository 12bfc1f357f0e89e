-- shows: Each error of each module has the documented details and a traceback, also when its function was handed to pcall.
-- proves: error.traceback, error.message, error.details, error.name, mtstates.error.ambiguous_name, mtmsg.error.has_notifier
-- with: interrupt
-- edition: seed, 0.4
local check = require "check"
local failures = require "failures"
local mtstates = require "mtstates"

local objects = mtstates.error.object_exists ~= nil

local function look(failure, err)
    local where = failure.name .. " of " .. tostring(failure[1])
    local function same(got, want)
        if got ~= want then error(("%s: got %q, want %q"):format(where, tostring(got), tostring(want)), 0) end
    end
    local function has(text, pattern)
        if not text:match(pattern) then error(("%s: got %q, want %q"):format(where, text, pattern), 0) end
    end
    same(type(err), objects and "userdata" or "string")
    local name, details, traceback = tostring(err):match("^([%w_.]+): (.-)\n(stack traceback:\n\t.*)$")
    same(name, failure.name)
    same(details:find("stack traceback", 1, true), nil)
    has(details, failures.details[name])
    same(select(2, traceback:gsub("stack traceback:\n\t", "")), failure.stacks)
    has(traceback, failure.where .. "[^\n]*:%d+")
    if objects then
        same(err:name(), name)
        same(err:details(), details)
        same(err:traceback(), traceback)
        same(err:message(), tostring(err))
    end
    same(#err, #tostring(err))
    same(err:match(name), name)
end
for _, failure in ipairs(failures) do
    look(failure, failures.raised(failure, true))
    look(failure, failures.raised(failure, false))
end
check.equal(failures.missing(), "mtstates.error.unreachable")
failures.finish()
print("each has one")
