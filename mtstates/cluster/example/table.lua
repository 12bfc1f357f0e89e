-- A table with a game for two, in which the higher sum of three dice wins. It is a virtual state: its setup gets the name.
local name = ...
local players, sums = {}, {}
local seed = #name * 7 + name:byte(-1) * 13 -- the same dice each time, so that the example prints the same

local function roll()
    seed = (seed * 1103 + 12345) % 65536
    return math.floor(seed / 256) % 6 + 1
end

return function(what, ...)
    if what == "sit" then
        players = {...}
        return
    elseif what == "roll" then
        local player = ...
        if player ~= players[1] and player ~= players[2] then
            error(tostring(player) .. " does not sit at " .. name, 0)
        end
        local dice = {roll(), roll(), roll()}
        sums[player] = dice[1] + dice[2] + dice[3]
        return dice -- a table crosses as a copy
    end
    local a, b = players[1], players[2]
    if sums[a] == sums[b] then return "nobody" end
    return sums[a] > sums[b] and a or b
end
