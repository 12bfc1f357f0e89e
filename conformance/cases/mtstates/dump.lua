-- shows: Dumped code is loaded in other states and threads, and is refused by those of another VM.
-- proves: string.dump, string.dump.refused, mtstates.newstate
-- needs: dump
-- same VM: code is of one VM
-- edition: seed, 0.4
local check = require "check"
local mtstates = require "mtstates"

local dumped = string.dump(function(n) return n .. "!", n * 2 end)
local state = mtstates.newstate("dump", [[
    local dumped = ...
    local load = loadstring or load
    local f = load(dumped, "=dumped")
    return function(n) if n then return f(n) end return string.dump(f) end
]], dumped)
print(state:call(4))
print((loadstring or load)(state:call())(5))
local again = mtstates.newstate(string.dump(function() return function(x) return x + 1 end end))
print(again:call(1))
local thread = require("llthreads2").new("local f = (loadstring or load)(...) return f(6)", dumped)
thread:start()
print(select(2, thread:join()))
check.fails("bad binary format", mtstates.newstate, "\27Lua and more")
