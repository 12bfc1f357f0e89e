-- shows: type answers as Lua's type does, and with the registered names for userdata.
-- proves: mtstates.type, type.builtin, type.userdata, state.metatable, state.tostring
local check = require "check"
local mtstates = require "mtstates"

for _, v in ipairs { 1, "x", true, {}, print, check.equal } do
    check.equal(mtstates.type(v), type(v))
end
check.equal(mtstates.type(nil), "nil")
local state = mtstates.newstate("s1", "return print")
check.equal(mtstates.type(state), "mtstates.state")
check.equal(type(state), "userdata")
check.equal(mtstates.type(mtstates.error.object_closed), "mtstates.error")
check.equal(mtstates.type(io.stdout), mtstates.type(io.stderr))
-- other userdata: by its registered name, else just userdata, whatever its metatable pretends
local host = require "host"
check.equal(mtstates.type(host.thing("conformance.thing")), "conformance.thing")
check.equal(mtstates.type(host.thing()), "userdata")
check.equal(mtstates.type(host.light("x")), "userdata")
for _, name in ipairs { "fake", "mtstates.state", 12, {} } do
    local pretender = host.thing()
    debug.setmetatable(pretender, { __name = name })
    check.equal(mtstates.type(pretender), "userdata")
    check.equal(mtstates.type(setmetatable({}, { __name = name })), "table")
    check.fails("bad argument #1 to 'call'", state.call, pretender)
end
check.fails("bad argument #1 to 'type' (value expected)", mtstates.type)
check.equal(getmetatable(state), "mtstates.state")
check.fails("", setmetatable, state, {})
check.equal(getmetatable(mtstates.error.object_closed), "mtstates.error")
check.contains(tostring(state), "mtstates.state: 0x")
check.contains(tostring(state), '(name="s1",id=' .. state:id() .. ")")
check.contains(tostring(mtstates.newstate("return print")), " (id=")
check.contains(mtstates._INFO, mtstates._VERSION)
print(mtstates.type(state), mtstates.type(1))
