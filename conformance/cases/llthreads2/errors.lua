-- shows: The error of a thread comes back from join with its traceback.
-- proves: threads.error
-- edition: seed, 0.4
local check = require "check"
local llthreads = require "llthreads2"
local mtstates = require "mtstates"

local function failure(...)
    local ok, message = llthreads.new(...):start():join()
    check.equal(ok, false)
    check.equal(type(message), "string")
    local _, sections = message:gsub("stack traceback:", "")
    return message, sections
end

local message, sections = failure(function()
    local function inner() error("oops") end
    inner()
end)
check.contains(message, "errors.lua:17: oops\nstack traceback:\n")
check.contains(message, "errors.lua:18: in ")
check.equal(sections, 1)
check.equal(failure("error('oops', 0)"):match("^[^\n]*"), "oops")
check.equal(failure("error({})"):match("^[^\n]*"), "(error object is a table value)")
check.equal(failure("error(setmetatable({}, {__tostring = function() return 'shown' end}))"):match("^[^\n]*"), "shown")
check.contains(failure("return nil + 1"), "nil") -- each VM has words of its own

-- The message of an error object is the whole of it.
message, sections = failure("error(require('mtstates').error.object_closed, 0)")
check.equal(message:match("^[^\n]*"), "mtstates.error.object_closed")
check.equal(sections, 1)
message, sections = failure("require('mtstates').newstate('return function() error(\"inside\", 0) end'):call()")
check.contains(message, "mtstates.error.invoking_state: mtstates.state(id=")
check.contains(message, "inside\nstack traceback:\n")
check.equal(sections, 2)
print("failed as they should")
