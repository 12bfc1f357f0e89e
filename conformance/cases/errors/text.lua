-- shows: Errors answer like their texts: all string methods, errors as arguments, and concatenation.
-- proves: error.text, error.concat
local check = require "check"
local mtstates = require "mtstates"

local state = mtstates.newstate("return print")
state:close()
local _, err = pcall(state.call, state)
local text = tostring(err)
check.equal(err:match(mtstates.error.object_closed), "mtstates.error.object_closed")
check.equal(err:find("closed", 1, true) ~= nil, true)
check.values({n = 2, text:find("object_closed")}, err:find("object_closed"))
check.equal(err:gsub("^mtstates%.error%.", ""):sub(1, 13), "object_closed")
check.values({n = 2, text:gsub("o", "0")}, err:gsub("o", "0"))
check.equal(err:len(), #text)
check.equal(err:sub(1, 8), "mtstates")
check.equal(err:upper(), text:upper())
check.equal(err:lower(), text:lower())
check.equal(err:reverse(), text:reverse())
check.equal(err:rep(3), text:rep(3))
check.values({n = 3, text:byte(1, 3)}, err:byte(1, 3))
check.equal(err:format(), text)
check.equal(mtstates.error.object_closed:format(), "mtstates.error.object_closed")
local words = {}
for word in mtstates.error.object_closed:gmatch("%a+") do words[#words + 1] = word end
check.equal(table.concat(words, " "), "mtstates error object closed")
-- errors as arguments of methods of errors
check.equal(err:find(mtstates.error.object_closed, 1, true), 1)
check.equal(mtstates.error.object_closed:gsub("closed", mtstates.error.object_closed),
    "mtstates.error.object_mtstates.error.object_closed")
-- a method keeps working on texts, and on the text of another error
local find = err.find
check.equal(find("xyz", "y"), 2)
check.equal(find(mtstates.error.object_exists, "exists", 1, true) ~= nil, true)
-- with the methods of errors in front
check.equal(err:name(), "mtstates.error.object_closed")

check.equal(mtstates.error.object_closed .. "!", "mtstates.error.object_closed!")
check.equal("<" .. mtstates.error.object_closed, "<mtstates.error.object_closed")
check.equal(mtstates.error.object_closed .. 1, "mtstates.error.object_closed1")
check.equal(1 .. mtstates.error.object_closed .. mtstates.error.object_exists .. "x",
    "1mtstates.error.object_closedmtstates.error.object_existsx")
for _, bad in ipairs { {}, true, print } do
    print((select(2, pcall(function() return err .. bad end)):gsub("^.-:%d+: ", "")))
    print((select(2, pcall(function() return bad .. err end)):gsub("^.-:%d+: ", "")))
end
check.fails("attempt to concatenate a nil value", function() return err .. nil end)
check.equal(err.nothing, nil)
check.equal(err[1], nil)
-- what a script adds to the library of strings is a method of errors as well
function string.shout(s, mark) return s:upper() .. mark end
check.equal(mtstates.error.object_closed:shout("!"), "MTSTATES.ERROR.OBJECT_CLOSED!")
print(err:match("object_%a+"))
