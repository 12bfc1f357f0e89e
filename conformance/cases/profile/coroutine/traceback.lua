-- shows: debug.traceback and debug.getinfo take a coroutine.
-- proves: debug.traceback.coroutine
-- needs: coroutines

local co = coroutine.create(function() local x = coroutine.yield() return x end)
coroutine.resume(co)
print(debug.traceback(co):match("^stack traceback:") ~= nil)
print(debug.traceback(co, "message"):match("^message\nstack traceback:") ~= nil)
print(debug.traceback(co):find("cases/profile/coroutine/traceback.lua:5:", 1, true) ~= nil)
