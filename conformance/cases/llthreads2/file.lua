-- shows: The code of a thread, and its prelude, may be in files.
-- proves: threads.file, threads.refused
-- edition: seed, 0.4
local check = require "check"
local llthreads = require "llthreads2"

local name = os.tmpname()
local function write(text)
    local file = assert(io.open(name, "w"))
    file:write(text)
    file:close()
end

write("#!/usr/bin/env mtlua\nreturn select('#', ...), ...")
check.values({n = 4, true, 2, "a", nil}, llthreads.new("@" .. name, "a", nil):start():join())
check.values({n = 3, true, 1, "a"}, llthreads.new({"@" .. name, lua_init = false}, "a"):start():join())
check.values({n = 2, true, "1 a"}, llthreads.new({"local n, a = ... return n .. ' ' .. a", prelude = "@" .. name}, "a"):start():join())

-- new reads the file; what becomes of it later does not matter.
write("error('in the file')")
local thread = llthreads.new("@" .. name)
write("x = = 1")
llthreads.set_logger(function() end)
local ok, message = thread:start():join()
check.equal(ok, false)
check.contains(message, name .. ":1: in the file")
check.contains(check.fails("bad argument #1 to 'new'", llthreads.new, "@" .. name), name .. ":1: ")
os.remove(name)
print(check.fails("bad argument #1 to 'new' (cannot open no such file.lua", llthreads.new, "@no such file.lua"))
print("read")
