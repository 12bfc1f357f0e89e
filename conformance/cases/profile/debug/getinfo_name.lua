-- shows: name and namewhat tell how a function was called.
-- proves: debug.getinfo.name

local function name()
    local info = debug.getinfo(2, "n")
    return info.name, info.namewhat
end
function global_of_this_case() local n, w = name() return n, w end
print(global_of_this_case())
local function a_local() local n, w = name() return n, w end
print(a_local())
local t = {}
function t.field() local n, w = name() return n, w end
function t:method() local n, w = name() return n, w end
print((t.field()))
print(t:method())
local function outer() local n, w = a_local() return n, w end
print(outer())
global_of_this_case = nil
