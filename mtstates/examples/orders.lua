-- A work queue. Orders go through a message buffer to one clerk, a thread that calls the states of the accounts: so the
-- calls come in the order of the messages and never at the same time. Answers come back through a second buffer.
local mtstates  = require "mtstates"
local mtmsg     = require "mtmsg"
local llthreads = require "llthreads2.ex"

local function account(balance)
    return function(amount)
        if balance + amount < 0 then
            error(string.format("only %d left", balance), 0)
        end
        balance = balance + amount
        return balance
    end
end

-- The handles in this script keep the accounts alive; messages carry their ids.
local accounts = {
    rent    = mtstates.newstate("rent", account, 900),
    savings = mtstates.newstate("savings", account, 0),
}

local orders, answers = mtmsg.newbuffer("orders"), mtmsg.newbuffer("answers")

local clerk = llthreads.new(function()
    local mtmsg    = require "mtmsg"
    local mtstates = require "mtstates"
    local orders, answers = mtmsg.buffer("orders"), mtmsg.buffer("answers")

    local served = 0
    local number, id, amount = orders:nextmsg()
    while number ~= "close" do
        local account = mtstates.state(id)
        local ok, result = pcall(account.call, account, amount)
        if ok then
            answers:addmsg(number, account:name(), result)
        elseif result == mtstates.error.invoking_state then
            answers:addmsg(number, account:name(), nil, result:details())
        else
            error(result, 0) -- not a matter of this order: end the thread
        end
        served = served + 1
        number, id, amount = orders:nextmsg()
    end
    answers:addmsg("closed")
    return served
end):start()

for number, order in ipairs {
    { "savings", 250 }, { "rent", -800 }, { "rent", -800 }, { "savings", -50 }, { "rent", 900 }, { "rent", -800 },
} do
    local name, amount = order[1], order[2]
    orders:addmsg(number, accounts[name]:id(), amount)
end
orders:addmsg("close")

-- The clerk answers each order and says at last that the counter is closed.
while true do
    local number, name, balance, failure = answers:nextmsg()
    if number == "closed" then
        break
    elseif balance then
        print(string.format("order %d: %s is at %d", number, name, balance))
    else
        print(string.format("order %d: refused, %s", number, failure))
    end
end

local ok, served = clerk:join()
assert(ok, served)
print(string.format("%d orders served", served))
for _, name in ipairs { "rent", "savings" } do
    print(string.format("%-8s%5d", name, accounts[name]:call(0)))
end
