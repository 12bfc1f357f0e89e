-- A first look: a state with a callback, called from here and from three threads.
local mtstates = require("mtstates")
local llthreads = require("llthreads2.ex")

-- The setup function runs once, in the new state. What it returns is the state's callback.
local greeter = mtstates.newstate("greeter", function(greeting)
    local count = 0
    return function(who)
        count = count + 1
        return greeting .. ", " .. who .. "! (call " .. count .. ")"
    end
end, "Hello")

print(greeter:call("world"))

-- Each thread finds the state by its name. They take turns, because a state serves one call at a time.
for _, who in ipairs { "goroutine", "gopher", "moon" } do
    local thread = llthreads.new(function(name)
        local greeter = require("mtstates").state("greeter")
        return greeter:call(name)
    end, who)
    print(select(2, thread:start():join()))
end

-- An error inside a state is an object, and the state stays usable.
local ok, err = pcall(greeter.call, greeter, nil)
print(ok, err == mtstates.error.invoking_state)
print(greeter:call("again"))
