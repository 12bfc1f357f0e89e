-- shows: prelude prepares the arguments, and lua_init runs before it.
-- proves: threads.prelude, threads.init
-- edition: seed, 0.4
local check = require "check"
local llthreads = require "llthreads2.ex"

check.values({n = 4, true, 3, "b", nil}, llthreads.new({function(...) return ... end, prelude = function(a, b)
    return a + 1, b, nil
end}, 2, "b"):start():join())
check.values({n = 2, true, 0}, llthreads.new({"return select('#', ...)", prelude = "return"}, 1, 2, 3):start():join())
check.values({n = 3, true, "global", "init"}, llthreads.new({
    function(global) return global, init end,
    prelude = "init_seen = init == 'init' global = 'global' return global",
    lua_init = "init = 'init'",
}):start():join())
check.values({n = 2, true, 8}, llthreads.new({"return x", lua_init = function() x = 8 end}):start():join())
check.values({n = 3, true, "t", 2}, llthreads.new({"local t = ... return t.name, #t", lua_init = false}, {1, 2, name = "t"}):start():join())

-- Each of the three may fail.
for _, options in ipairs {
    {"error('oops', 0)"},
    {"return 1", prelude = "error('oops', 0)"},
    {"return 1", lua_init = "error('oops', 0)"},
} do
    local ok, message = llthreads.new(options):start():join()
    check.equal(ok, false)
    check.equal(message:match("^[^\n]*"), "oops")
end
local ok, message = llthreads.new({"return 1", lua_init = "@no such file.lua"}):start():join()
check.equal(ok, false)
check.contains(message, "no such file.lua")
print("prepared")
