-- shows: tostring of states, and how messages name them: names are quoted and left out when there is none.
-- proves: state.tostring, mtstates.error.object_closed
-- edition: seed, 0.4
local check = require "check"
local mtstates = require "mtstates"

for _, name in ipairs { "s1", "with space", 'with "quotes"', "", "new\nline", "b\0\255" } do
    local state = mtstates.newstate(name, "return print")
    print(state)
    state:close()
    print(state)
    print(select(2, pcall(state.call, state)))
end
local state = mtstates.newstate("return print")
local same = mtstates.state(state:id())
print(state)
check.equal(tostring(state), tostring(same))
check.equal(tostring(mtstates.newstate("return print")) == tostring(state), false)
check.equal(tostring(state):match("^mtstates%.state: 0x%x+ %(id=%d+%)$"), tostring(state))
