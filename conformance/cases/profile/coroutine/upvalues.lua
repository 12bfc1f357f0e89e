-- shows: A coroutine shares upvalues and globals with its maker.
-- proves: coroutine.create.shared
-- needs: coroutines

local x = 1
local co = coroutine.wrap(function()
    x = x + 1
    coroutine.yield(x)
    global_of_this_case = x
    x = x + 1
    coroutine.yield(x)
end)
print(co(), x)
x = 10
print(co(), x, global_of_this_case)
global_of_this_case = nil
local ok = pcall(coroutine.wrap(function() error("e") end))
x = 20
print(ok, (function() return x end)())
