-- shows: What cannot become a thread is refused by new.
-- proves: threads.refused, threads.tables
-- edition: seed, 0.4
local check = require "check"
local llthreads = require "llthreads2"

local up = 1
local function closure() return up end
check.fails("bad argument #1 to 'new' (function has upvalue 'up')", llthreads.new, closure)
check.fails("bad argument #1 to 'new' (lua function expected)", llthreads.new, print)
check.fails("bad argument #1 to 'new'", llthreads.new)
check.fails("bad argument #1 to 'new'", llthreads.new, true)
check.fails(":1:", llthreads.new, "x = = 1")
check.fails("bad argument #1 to 'new' (function or string expected in the table, got nil)", llthreads.new, {})
check.fails("bad argument #1 to 'new' (function has upvalue 'up')", llthreads.new, {"", prelude = closure})
check.fails("bad argument #1 to 'new' (prelude: function or string expected, got boolean)", llthreads.new, {"", prelude = true})
check.fails("bad argument #1 to 'new' (lua_init: function, string or false expected, got boolean)", llthreads.new, {"", lua_init = true})
check.fails("LUA_INIT:1:", llthreads.new, {"", lua_init = "x = = 1"})

local code = "return 1"
check.fails("bad argument #4 to 'new' (type 'function' not supported)", llthreads.new, code, 1, {2}, closure)
check.fails("bad argument #3 to 'new' (type 'function' not supported at [1].a[1])", llthreads.new, code, 1, {{a = {closure}}})
check.fails("bad argument #2 to 'new' (type 'userdata' not supported)", llthreads.new, code, llthreads.new(code))
check.fails("bad argument #2 to 'new' (type 'userdata' not supported at [key userdata])", llthreads.new, code, {[llthreads.new(code)] = 1})
check.values({n = 2, true, 1}, llthreads.new(code):start():join())
print("refused")
