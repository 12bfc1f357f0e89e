-- shows: A module whose loader failed can be required again.
-- proves: package.require.again
-- like: Lua 5.2

local attempts = 0
package.preload.failing = function()
    attempts = attempts + 1
    if attempts == 1 then error("not yet", 0) end
    return "loaded"
end
print("first", pcall(require, "failing"))
print("not kept", package.loaded.failing)
print("again", (require("failing")))
