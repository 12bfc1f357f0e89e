-- The stock of shared.lua in edition 0.4: mtlua --edition 0.4 shared-0.4.lua. There call waits for its turn itself.
-- mtstates.state returns handles that do not own the stock, and errors are strings.
local mtstates  = require "mtstates"
local llthreads = require "llthreads2"

local THREADS, ORDERS = 4, 20000

local stock = mtstates.newstate("stock", function(pieces)
    local sold = 0
    return function(order)
        if order then
            sold = sold + 1
            pieces = pieces - 1
        end
        return sold, pieces
    end
end, ORDERS)

local threads = {}
for i = 1, THREADS do
    threads[i] = llthreads.new(function(id, orders)
        local stock = require("mtstates").state(id)
        for order = 1, orders do
            stock:call(order)
        end
    end, stock:id(), ORDERS / THREADS):start()
end
for i = 1, THREADS do
    assert(threads[i]:join())
end
print(string.format("%d orders taken, %d pieces left", stock:call()))

stock:close()
local _, err = pcall(stock.call, stock)
assert(err:match(mtstates.error.object_closed))
