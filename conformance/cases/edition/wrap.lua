-- shows: An error through coroutine.wrap: a text gets the position of each call in front and keeps all stacks, an object stays as it is.
-- proves: mtstates.error.unknown_object, mtstates.error.invoking_state, threads.join, coroutine.wrap
-- edition: seed, 0.4
-- needs: coroutines
local check = require "check"
local llthreads = require "llthreads2"
local mtstates = require "mtstates"

local texts = type(mtstates.error.unknown_object) == "string"
local load = loadstring or load

-- What is raised at line 2: the code, the text at the end of the first line of the error, and how many stacks the error has itself.
local raises = {
    {"require('mtstates').state('nobody')", 'mtstates.error.unknown_object: state name "nobody"', 1},
    {"require('mtmsg').buffer('nobody')", 'mtmsg.error.unknown_object: buffer name "nobody"', 1},
    {"require('mtstates').newstate('return function() error(\"reason\", 0) end'):call()", "reason", 2},
    {"error('plain')", "chunk:2: plain", 0},
    {"local x = 1 < 'x'", "chunk:2: attempt to compare number with string", 0},
}
-- What is around it: the code, and the positions that a text gets in the edition with texts.
local wraps = {
    {"local f = coroutine.wrap(function()\n %s end)\nf()", "chunk:3: "},
    {"local f = coroutine.wrap(function() local g = coroutine.wrap(function()\n %s end)\ng() end)\nf()", "chunk:4: chunk:3: "},
    {"local f = coroutine.wrap(function() local ok, err = pcall(function()\n %s end)\nerror(err, 0) end)\nf()", "chunk:4: "},
    {"local f = coroutine.wrap(function() coroutine.yield()\n %s end)\nf()\nf()", "chunk:4: "},
}

local function stacks(text) return select(2, text:gsub("\nstack traceback:\n", "")) end
-- is checks the beginning of the first line, its end and the number of stacks. Ids in between vary.
local function is(text, first, last, count)
    local line = text:match("^[^\n]*")
    check.equal(line:sub(1, #first), first)
    check.equal(line:sub(-#last), last)
    check.equal(stacks(text), count)
end

for _, wrap in ipairs(wraps) do
    for _, raise in ipairs(raises) do
        local code, last, own = wrap[1]:format(raise[1]), raise[2], raise[3]
        local object = own > 0 and not texts
        local first = object and "" or wrap[2]
        local whole = own == 2 and first .. "mtstates.error.invoking_state: " or first .. (own == 1 and last or "")

        -- A protected call catches what was raised, without the stack in which it went on.
        local ok, err = pcall(assert(load(code .. "\nreturn 1", "=chunk")))
        check.equal(ok, false)
        check.equal(type(err), object and "userdata" or "string")
        is(tostring(err), whole, last, own)

        -- A thread shows what nothing catches: an object with its own stacks, a text with that of the outermost call as well.
        local thread = llthreads.new([[
            require("llthreads2").set_logger(function() end)
            assert((loadstring or load)(..., "=chunk"))()
        ]], code):start()
        ok, err = thread:join()
        check.equal(ok, false)
        is(err, whole, last, object and own or own + 1)
        print(err:match("^[^\n]*"):gsub("id=%d+", "id=N") .. ", " .. stacks(err) .. " stacks")

        -- A state's error has its own text in front, and the stack of the call behind.
        local state = mtstates.newstate("return function(code) assert((loadstring or load)(code, '=chunk'))() end")
        ok, err = pcall(function() state:call(code) end)
        check.equal(ok, false)
        err = tostring(err)
        is(err, "mtstates.error.invoking_state: mtstates.state(id=", last, object and own + 1 or own + 2)
        check.contains(err, "): " .. whole)
        state:close()
    end
end
