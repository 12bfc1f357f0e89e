-- Four players come to the lobby and play. The lobby and the tables are in other processes.
local mtstates = require "mtstates"

local lobby = mtstates.state("lobby")
for _, player in ipairs {"Ada", "Grace", "Barbara", "Edsger"} do
    local name, other = lobby:call(player)
    if not name then
        print(player .. " waits")
    else
        print(player .. " meets " .. other .. " at " .. name)
        local game = mtstates.state(name)
        for _, who in ipairs {other, player} do
            print("  " .. who .. " rolls " .. table.concat(game:call("roll", who), " "))
        end
        print("  " .. game:call("winner") .. " wins")
    end
end

-- Errors of other processes are like those of this one.
local game = mtstates.state("table/1")
local ok, err = pcall(game.call, game, "roll", "Niklaus")
assert(not ok and err == mtstates.error.invoking_state)
print(err:details():match(": (.*)"))
ok, err = pcall(mtstates.state, "casino")
assert(not ok and err == mtstates.error.unknown_object)
print("no casino: " .. err:details())
