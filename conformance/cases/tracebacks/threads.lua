-- shows: A state that is called from a thread has the thread's section second.
-- proves: call.traceback
-- same VM: the thread is a function
-- edition: seed, 0.4
local mtstates = require "mtstates"
local llthreads = require "llthreads2.ex"

local state = mtstates.newstate("return function()\n    error('called from a thread')\nend")
local thread = llthreads.new(function(id)
    local mtstates = require "mtstates"
    local function run()
        local state = mtstates.state(id)
        local ok, err = pcall(state.call, state)
        return err:message()
    end
    local text = run()
    return text
end, state:id())
print(select(2, thread:start():join()))
