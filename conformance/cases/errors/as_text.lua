-- shows: Errors pass where strings are expected, so code for error strings need not ask what it caught.
-- proves: error.as_text
local check = require "check"
local mtstates = require "mtstates"

local state = mtstates.newstate("return print")
state:close()
local _, err = pcall(state.call, state)
local closed, text = mtstates.error.object_closed, tostring(err)

-- what a handler does with an error that may be a string or one of ours
local function isClosed(e) return e:match(closed) ~= nil end
check.equal(isClosed(err), true)
check.equal(isClosed("x.lua:1: mtstates.error.object_closed: it is"), true)
check.equal(isClosed("x.lua:1: no such thing"), false)

check.values({n = 2, text:find("closed", 1, true)}, string.find(err, "closed", 1, true))
check.equal(string.match(err, "%a+$", 1), text:match("%a+$", 1))
check.values({n = 2, text:gsub("o", "0")}, string.gsub(err, "o", "0"))
check.values({n = 2, "<" .. tostring(closed) .. ">", 1}, ("<x>"):gsub("x", closed))
check.equal(("<x>"):gsub("x", function() return closed end), "<" .. tostring(closed) .. ">")
check.equal(("<x>"):gsub("x", {x = closed}), "<" .. tostring(closed) .. ">")
check.equal(string.len(err), #text)
check.equal(string.sub(err, -5), text:sub(-5))
check.equal(string.upper(closed), "MTSTATES.ERROR.OBJECT_CLOSED")
check.equal(string.rep("-", 2, closed), "-" .. tostring(closed) .. "-")
check.equal(string.byte(closed), ("m"):byte())
check.equal(("%s %q"):format(closed, closed), 'mtstates.error.object_closed "mtstates.error.object_closed"')
local words = {}
for word in string.gmatch(closed, "%a+") do words[#words + 1] = word end
check.equal(table.concat(words, " "), "mtstates error object closed")
check.equal(table.concat({"a", closed, 1}, "|"), "a|mtstates.error.object_closed|1")
check.equal(table.concat({"a", "b"}, closed), "amtstates.error.object_closedb")

local file = io.tmpfile()
file:write(closed, "\n", 1)
file:seek("set")
check.equal(file:read("*a"), "mtstates.error.object_closed\n1")
file:close()
io.write(closed, "\n")

-- other userdata is still refused, and an error is not a number
check.fails("bad argument #1 to 'find' (string expected, got userdata)", string.find, state, "x")
check.fails("bad argument #3 to 'gsub' (string/function/table expected)", string.gsub, "x", "x", state)
check.fails("invalid value (userdata) at index 1 in table for 'concat'", table.concat, {state})
check.fails("bad argument #2 to 'rep' (number expected, got userdata)", string.rep, "x", closed)

-- inside another state as well
local inner = mtstates.newstate([[
    local closed = require("mtstates").error.object_closed
    return function(text) return text:find(closed, 1, true), table.concat {closed} end
]])
print(inner:call("oh: mtstates.error.object_closed"))
