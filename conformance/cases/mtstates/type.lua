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
check.fails("bad argument #1 to 'type' (value expected)", mtstates.type)
check.equal(getmetatable(state), "mtstates.state")
check.equal(getmetatable(mtstates.error.object_closed), "mtstates.error")
check.contains(tostring(state), "mtstates.state: 0x")
check.contains(tostring(state), '(name="s1",id=' .. state:id() .. ")")
check.contains(tostring(mtstates.newstate("return print")), " (id=")
check.contains(mtstates._INFO, mtstates._VERSION)
print(mtstates.type(state), mtstates.type(1))
