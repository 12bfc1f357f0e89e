-- shows: An interrupt stops loops around library functions that take long, and such functions themselves.
-- proves: llthreads2.thread:interrupt, threads.interrupt
-- edition: seed, 0.4
local check = require "check"
local llthreads = require "llthreads2"
local mtmsg = require "mtmsg"

-- Each body takes milliseconds, so a VM that only counted instructions would go on for seconds.
local bodies = {
    "local s = ('x'):rep(1e7)",
    "local s = long .. long",
    "local s = long:upper()",
    "local s = long:reverse()",
    "local s = ('%s%s'):format(long, long)",
    "local s = table.concat(list, long:sub(1, 100))",
    "local b = long < longer",
    "table.insert(list, 1, 'x')",
    "local t = {} for i = 1, 2e4 do t[i] = -i end table.sort(t)",
    "local f = (loadstring or load)('return \"' .. long .. '\"')",
    "local n = tonumber(digits)",
    "local ok = pcall(string.rep, 'x', 1e7)",
}
local ready = mtmsg.newbuffer("ready")
for _, body in ipairs(bodies) do
    local thread = llthreads.new([[
        long = ("x"):rep(1e6)
        longer, digits, list = long .. "y", ("1"):rep(1e5), {}
        for i = 1, 2e4 do list[i] = "abc" end
        require("mtmsg").buffer("ready"):addmsg()
        while true do ]] .. body .. [[ end]]):start()
    ready:nextmsg()
    thread:interrupt(true)
    local ok, message = thread:join(10)
    check.equal(ok, false, body)
    check.contains(tostring(message), "interrupted", body)
end
print("no function goes on")
