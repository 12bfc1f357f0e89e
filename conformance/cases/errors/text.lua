-- shows: Errors answer like their texts: string methods, errors as arguments, and concatenation.
-- proves: error.text, error.concat
local check = require "check"
local mtstates = require "mtstates"

local state = mtstates.newstate("return print")
state:close()
local _, err = pcall(state.call, state)
check.equal(err:match(mtstates.error.object_closed), "mtstates.error.object_closed")
check.equal(err:find("closed", 1, true) ~= nil, true)
check.equal(err:gsub("^mtstates%.error%.", ""):sub(1, 13), "object_closed")
check.equal(err:len(), #tostring(err))
check.equal(mtstates.error.object_closed .. "!", "mtstates.error.object_closed!")
check.equal("<" .. mtstates.error.object_closed, "<mtstates.error.object_closed")
check.equal(mtstates.error.object_closed .. 1, "mtstates.error.object_closed1")
check.fails("attempt to concatenate a table value", function() return err .. {} end)
check.equal(err.nothing, nil)
print(err:match("object_%a+"))
