-- shows: The traceback of a setup that fails: the setup's section, then that of the caller of newstate.
-- proves: call.traceback, newstate.failure, mtstates.error.invoking_state
local check = require "check"
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

-- a setup that cannot be compiled has no stack, so there is that of the caller alone
local function compile() return mtstates.newstate("x = = 1") end
local err = check.fails(mtstates.error.invoking_state, compile)
check.equal(select(2, err:traceback():gsub("stack traceback:", "")), 1)
check.contains(err:traceback(), "\n\tcases/tracebacks/setup.lua:")
