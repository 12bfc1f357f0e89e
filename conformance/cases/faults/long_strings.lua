-- shows: Strings of 16 MiB and strings of any bytes cross unchanged in both directions, as arguments, results and errors.
-- proves: fault.long_strings, call.values
local check = require "check"
local mtstates = require "mtstates"

local bytes = {}
for i = 0, 255 do bytes[#bytes + 1] = string.char(i) end
local all = table.concat(bytes)
local long = all:rep(65536)
check.equal(#long, 16 * 1024 * 1024)

local echo, size = mtstates.newstate(nil, "local size = #... return function(s, fail) if fail then error(s, 0) end return s, #s end, size", long)
check.equal(size, #long)
for _, text in ipairs { "", "\0", all, long, "\239\187\191", "\255\254\0\0", ("\0"):rep(1000) } do
    local back, n = echo:call(text)
    check.equal(n, #text)
    assert(back == text)
end
local err = check.fails(mtstates.error.invoking_state, echo.call, echo, long, true)
assert(err:details():sub(-#long) == long)
check.equal(check.fails(mtstates.error.invoking_state, echo.call, echo, all, true):details(),
    "mtstates.state(id=" .. echo:id() .. "): " .. all)
local named = mtstates.newstate(all, "return function() return 'named' end")
check.equal(named:name(), all)
check.equal(mtstates.state(all):call(), "named")
print(size, (echo:call("works")))
