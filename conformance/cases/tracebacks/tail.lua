-- shows: The traceback of a callback, or a setup, that ends with a call has the function that it called in its place.
-- proves: call.traceback
local mtstates = require "mtstates"

local code = [[
local function fail()
    error("x")
end
local function more(n)
    if n == 0 then
        return fail()
    end
    return more(n - 1)
end
if ... then
    return more(1)
end
return function(n)
    return more(n)
end]]
local state = mtstates.newstate(code)
local function section(call, ...)
    local _, err = pcall(call, ...)
    return (err:traceback():match("^(.-)\nstack"):gsub('%[string ".-"%]', "code"))
end
for n = 0, 2 do print(section(state.call, state, n)) end
print(section(mtstates.newstate, nil, code, true))
