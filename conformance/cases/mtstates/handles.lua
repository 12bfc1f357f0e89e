-- shows: Each look-up gives a handle of its own to the same state; all of them see calls and the close.
-- proves: state.lookup, mtstates.state, close.final
local check = require "check"
local mtstates = require "mtstates"

local a = mtstates.newstate("s", "local n = 0 return function() n = n + 1 return n end")
local b, c = mtstates.state("s"), mtstates.state(a:id())
check.equal(a:call() + b:call() + c:call(), 6)
for _, handle in ipairs { b, c } do
    check.equal(handle:id(), a:id())
    check.equal(handle:name(), "s")
    check.equal(tostring(handle), tostring(a))
end
print(a == b, b == c, a == a)
a:close()
for _, handle in ipairs { a, b, c } do
    check.fails(mtstates.error.object_closed, handle.call, handle)
end
-- a string that looks like an id is a name
local numeric = mtstates.newstate("12", "return function() return 'numeric' end")
check.equal(mtstates.state("12"):call(), "numeric")
check.fails(mtstates.error.unknown_object, mtstates.state, tostring(numeric:id()))
for _, id in ipairs { -1, 0, 1.5, 2^60, 1/0, -1/0, 0/0 } do
    check.fails(mtstates.error.unknown_object, mtstates.state, id)
end
