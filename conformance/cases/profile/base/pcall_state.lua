-- shows: After a caught error locals, upvalues and loops go on as before.
-- proves: base.pcall.upvalues

local x = 1
local function get() return x end
local function set(v) x = v end
pcall(error, "b")
x = 2
print("written by its owner", get())
set(3)
print("written by the closure", x)
local sum = 0
for i = 1, 5 do
    local captured = i
    local read = function() return captured end
    pcall(error, i)
    captured = captured * 10
    sum = sum + read()
end
print("in a loop", sum)
local function deep(n)
    if n == 0 then error("bottom", 0) end
    local kept = n
    local f = function() return kept end
    deep(n - 1)
    return f
end
print("from below", pcall(deep, 50))
x = 4
print("still shared", get())
