-- shows: setfenv and getfenv set and give the globals of a function.
-- proves: base.getfenv, base.setfenv
-- needs: fenv

local function f() return value end
local env = {value = "of env"}
print("globals at first", getfenv(f) == _G, getfenv(1) == _G, getfenv(0) == _G, getfenv() == _G)
print("returns the function", setfenv(f, env) == f)
print("set", f(), getfenv(f) == env)
local function own() setfenv(1, {print = print, x = "own"}) return x end
print("level 1", own())
local chunk = loadstring("y = 1 return getmetatable")
setfenv(chunk, env)
print("chunk", chunk(), env.y, y)
print("no function", (pcall(setfenv, 5)), (pcall(getfenv, {})))
print("Go function", (pcall(setfenv, print, {})))
