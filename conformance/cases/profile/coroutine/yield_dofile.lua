-- shows: A file that dofile runs may yield, and goes on with the next resume.
-- proves: coroutine.yield.dofile
-- needs: continuations
-- like: Lua 5.2

local name = os.tmpname()
local function write(text)
    local file = assert(io.open(name, "w"))
    file:write(text)
    file:close()
end
write("local a = coroutine.yield('in the file', ...) return 'got', a, select('#', ...)")
local co = coroutine.create(function() return "result", dofile(name) end)
print(coroutine.resume(co))
print(coroutine.resume(co, 42))
print(coroutine.resume(co))
local calls = coroutine.wrap(function() for i = 1, 3 do coroutine.yield(i, dofile(name)) end return "end" end)
print(calls()) print(calls(1)) print(calls()) print(calls(2)) print(calls()) print(calls(3)) print(calls())
write("local function inner() return coroutine.yield('deep') end\nlocal r = inner()\nerror('raised with ' .. r, 0)")
co = coroutine.create(function() return pcall(dofile, name) end)
print(coroutine.resume(co))
print(coroutine.resume(co, "a value"))
co = coroutine.create(function() return dofile(name) end)
print(coroutine.resume(co))
print(coroutine.resume(co, "another"))
write("return dofile(" .. ("%q"):format(name) .. " .. '2')")
local second = assert(io.open(name .. "2", "w"))
second:write("return (coroutine.yield('two files deep')) .. '!'")
second:close()
co = coroutine.wrap(function() return dofile(name) end)
print(co()) print(co("out"))
write("return coroutine.yield('required')")
package.preload.yielding = function() return dofile(name) end
print((coroutine.resume(coroutine.create(function() return require("yielding") end))))
os.remove(name)
os.remove(name .. "2")
