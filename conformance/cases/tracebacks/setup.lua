-- shows: The traceback of a setup that fails: the setup's section, then that of the caller of newstate.
-- proves: call.traceback, newstate.failure, mtstates.error.invoking_state
local mtstates = require "mtstates"

local function make(code, ...)
    local state = mtstates.newstate(code, ...)
    return state
end
local function attempt(...)
    local ok, err = pcall(make, ...)
    assert(not ok and err == mtstates.error.invoking_state)
    print((err:message():gsub("index.-\n", "index\n")))
end
attempt("local function f()\n    error('in a function')\nend\nf()\nreturn print")
attempt("error('no position', 0)")
attempt("local x = nil\nreturn x.y")
attempt([[
local mtstates = require "mtstates"
local inner = mtstates.newstate("error('in a setup in a setup')")
return print]])
