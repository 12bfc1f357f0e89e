-- shows: Fields of weak tables go from time to time while a program runs.
-- proves: lua.weak.running
-- needs: weaktables

local function wait(name, t, turn)
    for i = 1, 1e7 do
        turn(t, i)
        if i % 100 == 0 then
            local n = 0
            for _ in pairs(t) do
                n = n + 1
            end
            if n < i / 2 then
                print(name, "fields went")
                return
            end
        end
    end
    print(name, "all fields stay")
end

local big = ("x"):rep(20000)
wait("keys", setmetatable({}, {__mode = "k"}), function(t, i) t[{}] = big .. i end)
wait("values", setmetatable({}, {__mode = "v"}), function(t, i) t[i] = {big .. i} end)
local meta = {}
local late = setmetatable({}, meta)
meta.__mode = "k"
wait("late", late, function(t, i) t[{}] = {big .. i} end)
