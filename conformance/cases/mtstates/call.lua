-- shows: What crosses between states, what does not, and that a state survives each refusal.
-- proves: mtstates.state:call, call.values, call.unsupported, call.keeps, call.usable, mtstates.error.state_result
-- edition: seed, 0.4
local check = require "check"
local mtstates = require "mtstates"

local echo = mtstates.newstate("return function(...) return ... end")
check.values({n = 0}, echo:call())
check.values({n = 7, nil, true, false, 1.5, -0.25, "", nil}, echo:call(nil, true, false, 1.5, -0.25, "", nil))
local bytes = {}
for i = 0, 255 do bytes[#bytes + 1] = string.char(i) end
bytes = table.concat(bytes)
check.equal(echo:call(bytes), bytes)
check.equal(echo:call(2^53), 2^53)

check.fails("bad argument #3 to 'call' (type 'function' not supported)", echo.call, echo, 1, 2, print)
check.fails("bad argument #1 to 'call' (type 'userdata' not supported)", echo.call, echo, io.stdout)
check.equal(echo:call("still"), "still")
check.fails("bad argument #1 to 'call' (mtstates.state expected, got number)", echo.call, 5)

local bad = mtstates.newstate("local n = 0 return function(x) n = n + 1 if x then return 1, print end return n end")
local err = check.fails(mtstates.error.state_result, bad.call, bad, true)
check.equal(check.details(err), "state function returns bad parameter #2: type 'function' not supported")
check.equal(bad:call(), 2)
check.equal(check.details(check.fails(mtstates.error.state_result, mtstates.newstate, "return print, 1, io.stdout")),
    "state setup returns bad parameter #3: type 'userdata' not supported")
check.equal(check.details(check.fails(mtstates.error.state_result, mtstates.newstate, "return 5")),
    "state setup returns number but a function is required as first result parameter")
check.equal(check.details(check.fails(mtstates.error.state_result, mtstates.newstate, "local x")),
    "state setup returns nothing but a function is required as first result parameter")
print(check.details(err))
