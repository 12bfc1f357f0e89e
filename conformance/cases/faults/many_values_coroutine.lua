-- shows: Coroutines take, yield and return many values at once.
-- proves: coroutine.resume, coroutine.wrap, coroutine.yield
-- needs: coroutines

local unpack = table.unpack or unpack
local many = {}
for i = 1, 50000 do many[i] = i end
local echo = coroutine.wrap(function(...)
	local n = select("#", ...)
	while true do n = select("#", coroutine.yield(n, unpack(many))) end
end)
print(echo(unpack(many)), (select("#", echo(unpack(many)))), (echo(unpack(many))))
print((select("#", coroutine.wrap(function() return unpack(many) end)())))
local function last(...) return (select(select("#", ...), ...)) end
print(last(coroutine.resume(coroutine.create(function(...) return ... end), unpack(many))))
print(last(coroutine.resume(coroutine.create(function(...) error(last(...), 0) end), unpack(many))))
