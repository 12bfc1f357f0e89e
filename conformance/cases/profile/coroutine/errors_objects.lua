-- shows: Errors of any type come out of resume and wrap as they are; wrap puts a position in front of texts.
-- proves: coroutine.resume.errors, coroutine.wrap
-- needs: coroutines

local object = setmetatable({}, {__tostring = function() return "object" end})
for _, value in ipairs{"text", 5, true, object} do
    local ok, err = coroutine.resume(coroutine.create(function() coroutine.yield() error(value, 0) end))
    local co = coroutine.create(function() coroutine.yield("first") error(value, 0) end)
    print(coroutine.resume(co))
    ok, err = coroutine.resume(co)
    print(ok, tostring(err), rawequal(err, value), coroutine.status(co))
    ok, err = pcall(coroutine.wrap(function() error(value, 0) end))
    print(ok, tostring(err), rawequal(err, value))
end
local function fails() error("inside", 0) end
local ok, err = pcall(function()
    local f = coroutine.wrap(fails)
    f()
end)
print(ok, err)
local f = coroutine.wrap(function() end)
f()
print(pcall(function() local x = f() return x end))
print(pcall(function() local x = coroutine.wrap(function() local x = nil; return x() end)() return x end))
local co = coroutine.create(function() local ok, e = pcall(error, "caught", 0) coroutine.yield(e) error("not caught", 0) end)
print(coroutine.resume(co))
print(coroutine.resume(co))
print(coroutine.resume(co))
