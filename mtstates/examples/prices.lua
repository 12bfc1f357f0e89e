-- A price list that threads share. The state behind it is reached in three ways: through the handle that newstate
-- returned, by its id and by its name. Then come the errors that a caller can get.
local mtstates  = require "mtstates"
local llthreads = require "llthreads2.ex"

-- Setup may return more than the callback; newstate passes it on.
local prices, size = mtstates.newstate("prices", function(list)
    local cents, size = {}, 0
    for article, price in list:gmatch("(%a+)=(%d+)") do
        cents[article] = tonumber(price)
        size = size + 1
    end
    return function(article, price)
        local old = cents[article]
        if not old then
            error("we do not sell " .. article, 0)
        elseif price == "watch" then
            return function() return cents[article] end -- a function cannot leave its state
        end
        cents[article] = price or old
        return cents[article], old
    end, size
end, "apple=40 bread=320 cheese=595")

print(string.format("a list of %d articles", size))
print("by handle: an apple costs " .. prices:call("apple") .. " cents")

local raise = llthreads.new(function(id, article, percent)
    local prices = require("mtstates").state(id)
    local now, before = prices:call(article, math.floor(prices:call(article) * (100 + percent) / 100))
    return string.format("a thread raised %s from %d to %d cents", article, before, now)
end, prices:id(), "bread", 10)
print("by id: " .. select(2, raise:start():join()))

local basket = llthreads.new(function(...)
    local prices = require("mtstates").state("prices")
    local sum = 0
    for i = 1, select("#", ...) do
        sum = sum + prices:call((select(i, ...)))
    end
    return string.format("a thread's basket costs %d cents", sum)
end, "apple", "apple", "bread", "cheese")
print("by name: " .. select(2, basket:start():join()))

-- Errors compare equal to the constants of mtstates.error, whatever their details are.
local function attempt(what, expected, f, ...)
    local ok, err = pcall(f, ...)
    assert(not ok and err == expected)
    print(string.format("%s: %s\n    %s", what, err:name(), err:details()))
end

attempt("the callback raises an error", mtstates.error.invoking_state, prices.call, prices, "caviar")
attempt("the callback returns a function", mtstates.error.state_result, prices.call, prices, "apple", "watch")
attempt("the name is taken", mtstates.error.object_exists, mtstates.newstate, "prices", "return print")
print("the list still works: an apple costs " .. prices:call("apple") .. " cents")
prices:close()
attempt("the list is closed", mtstates.error.object_closed, prices.call, prices, "apple")
attempt("nobody has that name now", mtstates.error.unknown_object, mtstates.state, "prices")
