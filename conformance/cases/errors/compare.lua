-- shows: Errors have the length of their text, and are in order with texts and with each other.
-- proves: error.compare
local check = require "check"
local mtstates = require "mtstates"
local mtmsg = require "mtmsg"

local closed, exists = mtstates.error.object_closed, mtstates.error.object_exists
local _, unknown = pcall(mtstates.state, "nowhere")
local text = tostring(unknown)

check.equal(#unknown, #text)
check.equal(#closed, #"mtstates.error.object_closed")

check.equal(closed < exists, true)
check.equal(exists < closed, false)
check.equal(closed <= exists, true)
check.equal(exists <= closed, false)
check.equal(closed > exists, false)
check.equal(exists > closed, true)
check.equal(closed >= closed, true)
check.equal(closed < closed, false)
check.equal(mtmsg.error.no_buffers < closed, true)

check.equal(unknown < "z", true)
check.equal("a" < unknown, true)
check.equal(unknown < "a", false)
check.equal("z" < unknown, false)
check.equal(unknown <= text, true)
check.equal(text <= unknown, true)
check.equal(unknown < text, false)
check.equal(text < unknown, false)
check.equal(unknown >= "a", true)
check.equal(unknown > "z", false)
check.equal(text >= unknown, true)
check.equal(text > unknown, false)
local prefix = text:sub(1, -2)
check.equal(prefix < unknown, true)
check.equal(unknown < prefix, false)
check.equal(closed <= "mtstates.error.object_closed", true)

-- in conditions of each form, with constants and variables
local n = 0
if closed < "n" then n = n + 1 end
if not (closed > "n") then n = n + 1 end
while "a" > closed do n = n + 100 break end
repeat n = n + 1 until closed <= "n"
check.equal(n, 3)
check.equal(closed < "n" and "yes" or "no", "yes")

local list = {exists, closed, mtmsg.error.no_buffers}
table.sort(list)
local names = {}
for i, err in ipairs(list) do names[i] = tostring(err) end
print(table.concat(names, " "))
local mixed = {"z", closed, "a"}
table.sort(mixed, function(a, b) return a < b end)
print(tostring(mixed[1]), tostring(mixed[2]), tostring(mixed[3]))

-- nothing else is a text
for _, other in ipairs {1, true, {}, print} do
    check.fails("attempt to compare", function() return closed < other end)
    check.fails("attempt to compare", function() return other < closed end)
    check.fails("attempt to compare", function() return closed <= other end)
    check.fails("attempt to compare", function() return other >= closed end)
end
check.fails("attempt to compare", function() return closed < nil end)
check.fails("attempt to compare", function() return 1 < "2" end)
check.fails("attempt to compare", function() return "2" <= 1 end)
check.fails("attempt to compare", function() return mtstates.newstate("return print") < "a" end)
