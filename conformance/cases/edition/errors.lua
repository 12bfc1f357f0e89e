-- shows: All errors are strings that begin with their name, in the script that catches them and wherever they go.
-- proves: mtstates.error.invoking_state, mtstates.error.state_result, mtstates.error.object_closed
-- edition: 0.4
local check = require "check"
local llthreads = require "llthreads2"
local mtmsg = require "mtmsg"
local mtstates = require "mtstates"

for _, module in ipairs {"mtstates", "mtmsg"} do
    for name, text in pairs(require(module).error) do
        check.equal(text, module .. ".error." .. name)
    end
end
local function is(want, err)
    check.equal(type(err), "string")
    check.equal(mtstates.type(err), "string")
    check.equal(err:match("^%S+"), want .. ":")
    check.equal(err:match(want), want)
    check.contains(err, "\nstack traceback:\n")
    return err
end
local function raised(f, ...)
    local ok, err = pcall(f, ...)
    check.equal(ok, false)
    return err
end

is(mtstates.error.unknown_object, raised(mtstates.state, "nobody"))
is(mtstates.error.state_result, raised(mtstates.newstate, "return 1"))
is(mtstates.error.invoking_state, raised(mtstates.newstate, "error('in setup')"))
is(mtmsg.error.unknown_object, raised(mtmsg.buffer, "nobody"))
local buffer = mtmsg.newbuffer()
buffer:close()
is(mtmsg.error.object_closed, raised(buffer.addmsg, buffer))

-- Through several states each stack appears once, the innermost first.
local inner = mtstates.newstate("inner", "return function(err) error(err, 0) end")
local outer = mtstates.newstate("outer", "local inner = ... return function(err) inner:call(err) end", inner)
local err = is(mtstates.error.invoking_state, raised(outer.call, outer, "reason"))
local headline = err:match("^[^\n]*"):gsub("id=%d+", "id=N")
check.equal(headline, 'mtstates.error.invoking_state: mtstates.state(name="outer",id=N): ' ..
    'mtstates.error.invoking_state: mtstates.state(name="inner",id=N): reason')
local _, stacks = err:gsub("stack traceback:", "")
check.equal(stacks, 3)

-- Errors cross as what they are, strings.
local echo = mtstates.newstate("return function(err) return type(err), err end")
local kind, same = echo:call(err)
check.equal(kind, "string")
check.equal(same, err)
local thread = llthreads.new(function() return require("mtstates").state("nobody") end):start()
local ok, message = thread:join()
check.equal(ok, false)
check.contains(message, mtstates.error.unknown_object)

-- What scripts do with strings.
check.equal(("x" .. err):sub(2), err)
check.equal(#err, #(err .. ""))
check.equal(err < err .. "x", true)
check.equal(({[err] = 1})[err], 1)

-- An error that is raised again keeps its text.
local again = raised(error, err, 0)
check.equal(again, err)
local catcher = mtstates.newstate(nil, [[
    local inner = ...
    return function(err)
        local ok, err = pcall(inner.call, inner, err)
        error(err, 0)
    end]], inner)
check.contains(raised(catcher.call, catcher, "reason"), "mtstates.error.invoking_state: mtstates.state(id=")
check.contains(raised(catcher.call, catcher, "reason"), ": reason")

-- Closed states.
inner:close()
is(mtstates.error.object_closed, raised(inner.call, inner))
print("strings")
