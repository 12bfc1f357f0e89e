-- shows: An error that two states raise to each other, again and again, does not grow without end.
-- proves: fault.huge_strings, call.traceback, mtstates.error.out_of_memory
local check = require "check"
local mtstates = require "mtstates"

-- Each call has the other state raise the error that it keeps, and keeps the one that comes of it.
local setup = [[
    local mtstates = require "mtstates"
    local kept = "first"
    return function(other)
        if not other then error(kept, 0) end
        local _
        _, kept = pcall(mtstates.state(other).call, mtstates.state(other))
        local _, levels = kept:details():gsub("mtstates%.error%.", "")
        local _, sections = kept:traceback():gsub("stack traceback:", "")
        return kept:name(), levels, sections
    end]]
local states = { mtstates.newstate("a", setup), mtstates.newstate("b", setup) }
local most, exceeded = 0, 0
for i = 1, 250 do
    local name, levels, sections = states[i % 2 + 1]:call(i % 2 == 1 and "a" or "b")
    check.equal(sections, levels + 2)
    if name == mtstates.error.out_of_memory:name() then
        exceeded = exceeded + 1
    else
        check.equal(name, mtstates.error.invoking_state:name())
        most = math.max(most, levels)
    end
end
assert(most <= 100 and exceeded > 0, most)
print(most, exceeded)
