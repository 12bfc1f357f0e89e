-- shows: Wrong arguments give Lua's standard errors: the number without self, what was expected, what was got.
-- proves: arguments.wrong, mtstates.newstate, mtstates.state, mtstates.type, mtstates.state:call, mtstates.state:id, mtstates.state:name, mtstates.state:close
local check = require "check"
local mtstates = require "mtstates"

local function fails(want, f, ...)
    local err = check.fails(want, f, ...)
    check.equal(type(err), "string")
    print((err:gsub("^.-: ", "")))
end
local code = "return function(...) return ... end"
local state = mtstates.newstate(code)

fails("bad argument #1 to 'newstate' (function or string expected, got no value)", mtstates.newstate)
fails("bad argument #1 to 'newstate' (function or string expected, got nil)", mtstates.newstate, nil)
fails("bad argument #1 to 'newstate' (function or string expected, got boolean)", mtstates.newstate, true)
fails("bad argument #1 to 'newstate' (function or string expected, got table)", mtstates.newstate, {}, code)
fails("bad argument #1 to 'newstate' (function or string expected, got number)", mtstates.newstate, 1, code)
fails("bad argument #2 to 'newstate' (function or string expected, got nil)", mtstates.newstate, "n", nil)
fails("bad argument #2 to 'newstate' (function or string expected, got nil)", mtstates.newstate, "n", nil, code)
fails("bad argument #3 to 'newstate' (function or string expected, got table)", mtstates.newstate, "n", true, {})
fails("bad argument #2 to 'newstate' (function or string expected, got boolean)", mtstates.newstate, nil, false)
fails("bad argument #1 to 'newstate' (lua function expected)", mtstates.newstate, print)
fails("bad argument #3 to 'newstate' (lua function expected)", mtstates.newstate, "n", false, print)
fails("bad argument #3 to 'newstate' (type 'function' not supported at f)", mtstates.newstate, nil, code, {f = print})
fails("bad argument #6 to 'newstate' (type 'function' not supported)", mtstates.newstate, "n", true, code, 1, nil, print)
fails("bad argument #3 to 'newstate' (type 'userdata' not supported)", mtstates.newstate, nil, code, io.stdout)
check.fails(mtstates.error.unknown_object, mtstates.state, "n")

fails("bad argument #1 to 'state' (number or string expected, got no value)", mtstates.state)
fails("bad argument #1 to 'state' (number or string expected, got nil)", mtstates.state, nil)
fails("bad argument #1 to 'state' (number or string expected, got userdata)", mtstates.state, state)
fails("bad argument #1 to 'type' (value expected)", mtstates.type)

fails("bad argument #1 to 'call' (type 'function' not supported at [1][1])", state.call, state, {{print}})
fails("bad argument #4 to 'call' (type 'userdata' not supported)", state.call, state, 1, nil, "x", io.stdout)
for _, method in ipairs { "id", "name", "call", "close" } do
    fails("bad argument #1 to '" .. method .. "' (mtstates.state expected, got no value)", state[method])
    fails("bad argument #1 to '" .. method .. "' (mtstates.state expected, got table)", state[method], {})
    fails("bad argument #1 to '" .. method .. "' (mtstates.state expected, got mtstates.error)",
        state[method], mtstates.error.object_closed)
end
for _, method in ipairs { "name", "details", "traceback", "message" } do
    fails("bad argument #1 to '" .. method .. "' (mtstates.error expected, got no value)", mtstates.error.object_closed[method])
    fails("bad argument #1 to '" .. method .. "' (mtstates.error expected, got mtstates.state)", mtstates.error.object_closed[method], state)
end
check.equal(state:call("works"), "works")
local ok, err = pcall(function() mtstates.newstate() end)
check.contains(err, "cases/mtstates/arguments.lua:48: bad argument #1")

-- With a colon the object does not count, with a dot it does.
local impostor = { id = state.id, call = state.call }
fails("calling 'id' on bad self (mtstates.state expected, got table)", function() impostor:id() end)
fails("calling 'call' on bad self (mtstates.state expected, got table)", function() impostor:call() end)
fails("bad argument #1 to 'call' (mtstates.state expected, got table)", function() impostor.call(impostor) end)
fails("bad argument #1 to 'rep' (number expected, got table)", function() print(("x"):rep({})) end)
fails("bad argument #2 to 'rep' (number expected, got table)", function() print(string.rep("x", {})) end)
