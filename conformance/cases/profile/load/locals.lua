-- shows: A loaded chunk sees globals, its arguments and nothing of the locals around the call.
-- proves: base.load.string
-- like: Lua 5.2

local hidden = 1
seen_by_chunk = 2
print(load("return hidden, seen_by_chunk")())
seen_by_chunk = nil
print(load("local a, b = ... return b, a")(1, 2))
print(load("made_by_chunk = 3") ~= nil, made_by_chunk)
load("made_by_chunk = 3")()
print(made_by_chunk)
made_by_chunk = nil
local f = load("local n = 0 return function() n = n + 1 return n end")
local a, b = f(), f()
print(a(), a(), b())
