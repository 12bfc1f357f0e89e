-- A first look: one state, called from the script itself and from threads.
local mtstates  = require "mtstates"
local llthreads = require "llthreads2.ex"

-- The setup function runs once, inside the new state. The function it returns is what every call runs.
local greeter = mtstates.newstate("greeter", function(greeting)
    local count = 0
    return function(name)
        if not name then
            error("whom shall I greet?", 0)
        end
        count = count + 1
        return string.format("%d. %s, %s!", count, greeting, name)
    end
end, "Good morning")

print("from the script:")
print("  " .. greeter:call("world"))

-- A thread has globals of its own, so it looks the state up by its name. Joining one thread before the next one starts
-- keeps the calls apart: a state serves one call at a time.
print("from three threads:")
for _, name in ipairs { "Ada", "Grace", "Barbara" } do
    local thread = llthreads.new(function(name)
        return require("mtstates").state("greeter"):call(name)
    end, name)
    local ok, answer = thread:start():join()
    print("  " .. answer)
end

-- An error inside of a state reaches the caller as an object. The state goes on.
print("without a name:")
local ok, err = pcall(greeter.call, greeter, nil)
assert(not ok and err == mtstates.error.invoking_state)
print("  " .. err:name())
print("  " .. err:details())
print("  " .. greeter:call("everybody"))
