-- shows: The whole text of an error two states deep, line by line, but for the names of functions.
-- proves: call.traceback, error.traceback, error.message, error.details
local check = require "check"
local mtstates = require "mtstates"

local outer = mtstates.newstate("outer", [[
local mtstates = require "mtstates"
local inner = mtstates.newstate("inner", "return function()\n\n    error('why')\nend")
local function ask()
    local answer = inner:call()
    return answer
end
return function()
    local answer = ask()
    return answer
end]])
local innerId, outerId = mtstates.state("inner"):id(), outer:id()
local function run()
    local result = outer:call()
    return result
end
local ok, err = pcall(run)
local text = err:message():gsub(": in [^\n]*", "")
check.equal(text, table.concat({
    'mtstates.error.invoking_state: mtstates.state(name="outer",id=' .. outerId .. "): " ..
        'mtstates.error.invoking_state: mtstates.state(name="inner",id=' .. innerId .. '): [string "return function()..."]:3: why',
    "stack traceback:",
    "\t[Go]",                                     -- error
    '\t[string "return function()..."]:3',
    "stack traceback:",
    "\t[Go]",                                     -- call
    '\t[string "local mtstates = require "mtstates"..."]:4',
    '\t[string "local mtstates = require "mtstates"..."]:8',
    "stack traceback:",
    "\t[Go]",                                     -- call
    "\tcases/tracebacks/exact.lua:19",
    "\t[Go]",                                     -- pcall
    "\tcases/tracebacks/exact.lua:22",
}, "\n"))
print(err:message())
