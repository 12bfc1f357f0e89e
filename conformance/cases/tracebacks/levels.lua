-- shows: One section for each state between the error and the script, the innermost first, whatever the depth.
-- proves: call.traceback, error.traceback, mtstates.error.invoking_state
local check = require "check"
local mtstates = require "mtstates"

local function sections(text)
    return select(2, text:gsub("stack traceback:\n\t", ""))
end

local source = [[
local depth, source, root = ...
local mtstates = require "mtstates"
local inner
if depth > 1 then
    inner = mtstates.newstate(root .. "." .. depth - 1, source, depth - 1, source, root)
end
local function work()
    if inner then
        local result = inner:call()
        return result
    end
    error("at the bottom")
end
return function()
    local result = work()
    return result
end
]]
for depth = 1, 4 do
    local state = mtstates.newstate("root" .. depth, source, depth, source, "level" .. depth)
    local ok, err = pcall(state.call, state)
    check.equal(err, mtstates.error.invoking_state)
    check.equal(sections(err:traceback()), depth + 1)
    check.equal(sections(err:message()), depth + 1)
    print(depth, err)
end
