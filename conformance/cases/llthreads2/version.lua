-- shows: version agrees with _VERSION.
-- proves: llthreads2.version, threads.version, llthreads2._VERSION
-- edition: seed, 0.4
local check = require "check"
local llthreads = require "llthreads2"

local major, minor, patch, suffix = llthreads.version()
for _, n in ipairs {major, minor, patch} do check.equal(n, math.floor(n)) end
local text = major .. "." .. minor .. "." .. patch
check.equal(llthreads._VERSION:sub(1, #text), text)
check.equal(llthreads._VERSION:sub(#text + 2), suffix or "")
check.equal(select("#", llthreads.version()), suffix and 4 or 3)
check.equal(require("llthreads2.ex").version(), major)
print "agrees"
