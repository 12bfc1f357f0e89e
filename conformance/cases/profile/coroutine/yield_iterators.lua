-- shows: A coroutine may yield in the functions of a generic for.
-- proves: coroutine.yield.iterators
-- needs: continuations
-- like: Lua 5.2

local function show(co)
    local v = {co()}
    while v[1] ~= "end" do
        print("yielded", table.unpack(v))
        v = {co(v[1])}
    end
    print(table.unpack(v))
end
show(coroutine.wrap(function()
    for i, v in function(s, i) i = coroutine.yield(i + 1) if i < 4 then return i, i * s end end, 10, 0 do
        print("body", i, v)
        coroutine.yield("in body")
    end
    for k in coroutine.yield, "state", nil do print("direct", k) if k == "state" then break end end
    local t = setmetatable({}, {__call = function(self, s, i) if i < 2 then coroutine.yield("called") return i + 1 end end})
    for i in t, nil, 0 do print("object", i) end
    for i, j in coroutine.wrap(function() for i = 1, 2 do coroutine.yield(i, coroutine.running() ~= nil) end end) do print("wrapped", i, j) end
    local n = 0
    for _ in function() n = n + 1 if n < 3 then return pcall(coroutine.yield, n) end end do end
    return "end", n
end))
