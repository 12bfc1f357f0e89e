-- A state that several threads use: the stock of a shop. Four threads take 20,000 orders, and none is lost. One thread at a
-- time may use a state, and call raises an error when another one does; tcall waits for its turn.
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
            assert(stock:tcall(math.huge, order), "the stock is busy")
        end
    end, stock:id(), ORDERS / THREADS):start()
end
for i = 1, THREADS do
    assert(threads[i]:join())
end
print(string.format("%d orders taken, %d pieces left", stock:call()))
