-- The lobby: one state for the whole cluster, which brings players together and opens a table for each pair.
local mtstates = require "mtstates"

local lobby = mtstates.newstate("lobby", function()
    local waiting, tables = nil, 0
    return function(player)
        if not waiting then
            waiting = player
            return nil -- wait for another one
        end
        tables = tables + 1
        local name, other = "table/" .. tables, waiting
        waiting = nil
        -- The first call makes the table, on the node that its name belongs to.
        require("mtstates").state(name):call("sit", other, player)
        return name, other
    end
end)
lobby:share()
