-- shows: Errors of any type come out with a text, also when __tostring fails or gives no string.
-- proves: fault.objects, mtstates.error.invoking_state, call.usable
local check = require "check"
local mtstates = require "mtstates"

local code = [[
    local kinds = {
        none = function() error() end,
        ["nil"] = function() error(nil) end,
        ["true"] = function() error(true) end,
        number = function() error(42, 0) end,
        string = function() error("text", 0) end,
        empty = function() error("", 0) end,
        binary = function() error("a\0b\255", 0) end,
        table = function() error({}) end,
        ["function"] = function() error(print) end,
        light = function() error(require("host").light(1)) end,
        userdata = function() error(require("host").thing()) end,
        state = function() error(require("mtstates").newstate("thrown", "return print")) end,
        tostring = function() error(setmetatable({}, { __tostring = function() return "described" end })) end,
        failing = function() error(setmetatable({}, { __tostring = function() error("no") end })) end,
        failing_with_table = function() error(setmetatable({}, { __tostring = function() error({}) end })) end,
        number_text = function() error(setmetatable({}, { __tostring = function() return 7 end })) end,
        table_text = function() error(setmetatable({}, { __tostring = function() return {} end })) end,
        deep = function() error(setmetatable({}, { __tostring = function(t) return tostring(t) end })) end,
        nothing = function() error(setmetatable({}, { __tostring = function() end })) end,
        constant = function() error(require("mtstates").error.object_closed) end,
    }
    return function(kind) if kind then kinds[kind]() end return "works" end
]]
local state = mtstates.newstate("s", code)
local front = 'mtstates.state(name="s",id=' .. state:id() .. "): "
local function details(kind, name)
    local err = check.fails(mtstates.error[name or "invoking_state"], state.call, state, kind)
    check.equal(err:details():sub(1, #front), front)
    check.contains(err:traceback(), "stack traceback:\n\t[Go]: in ")
    check.equal(state:call(), "works")
    return err:details():sub(#front + 1)
end
for _, kind in ipairs { "none", "nil", "true", "number", "string", "empty", "table", "function", "light", "userdata",
                        "state", "tostring", "failing", "failing_with_table", "table_text", "nothing", "constant" } do
    print(kind, details(kind))
end
check.equal(details("binary"), "a\0b\255")
details("number_text")
details("deep")
