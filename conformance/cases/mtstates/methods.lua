-- shows: That a script with the debug library may change the methods of objects, also after they were called.
-- proves: mtstates.state:call
-- needs: coroutines
local check = require "check"
local mtstates = require "mtstates"

-- Each way runs in a state of its own, which calls inner before and after.
local function changes(code)
	return mtstates.newstate([[
		local mtstates = require "mtstates"
		local inner = mtstates.newstate("return function(x) return x end")
		local other = mtstates.newstate("return function(x) return -x end")
		local function calls(object)
			local ok, result = pcall(function() return object:call(1) end)
			return ok and result or "error"
		end
		for i = 1, 3 do assert(calls(inner) == 1 and calls(other) == -1) end
		local function replaced(self, x) return "replaced" end
		]] .. code .. [[
		return function() return calls(inner), calls(other) end]])
end

local kept = changes ""
check.values({n = 2, 1, -1}, kept:call())
for _, code in ipairs {
	"debug.getmetatable(inner).__index.call = replaced",
	"debug.sethook(print, '', 1e6) debug.sethook() debug.getmetatable(inner).__index.call = replaced",
	"rawset(debug.getmetatable(inner).__index, 'call', replaced)",
	"debug.getmetatable(inner).__index = {call = replaced}",
	"debug.getmetatable(inner).__index = function() return replaced end",
	"assert(debug.getregistry()['mtstates.state'] == nil) debug.getmetatable(inner).__index.call = replaced",
	"local _, mt = pcall(debug.getmetatable, inner) mt.__index.call = replaced",
	"local mt = coroutine.wrap(function() coroutine.yield(debug.getmetatable(inner)) end)() mt.__index.call = replaced",
	"local mt = select(2, xpcall(function() return debug.getmetatable(inner) end, print)) calls(inner) mt.__index.call = replaced",
} do
	check.values({n = 2, "replaced", "replaced"}, changes(code):call())
end

-- A metatable that was seen long before it changes, and one that changes back.
check.values({n = 2, "replaced", "replaced"}, changes[[
	local methods = debug.getmetatable(inner).__index
	for i = 1, 3 do assert(calls(inner) == 1) end
	methods.call = replaced]]:call())
check.values({n = 2, 1, -1}, changes[[
	local methods = debug.getmetatable(inner).__index
	local call = methods.call
	methods.call = replaced
	assert(calls(inner) == "replaced")
	methods.call = call]]:call())
check.values({n = 2, "error", "error"}, changes"debug.getmetatable(inner).__index.call = nil":call())
check.values({n = 2, "error", "error"}, changes"debug.getmetatable(inner).__index = nil":call())
check.values({n = 2, "replaced", "replaced"}, changes[[
	local methods = debug.getmetatable(inner).__index
	methods.call = nil
	setmetatable(methods, {__index = function() return replaced end})]]:call())

-- Another metatable for one object leaves the others alone.
check.values({n = 2, "replaced", -1}, changes"debug.setmetatable(inner, {__index = {call = replaced}})":call())
check.values({n = 2, "error", -1}, changes"debug.setmetatable(inner, nil)":call())

-- What does not hand out the metatable changes nothing.
check.values({n = 2, 1, -1}, changes[[
	assert(getmetatable(inner) == "mtstates.state" and not pcall(setmetatable, inner, {}))
	tostring(inner)]]:call())

-- The change stays in its VM.
check.values({n = 2, 1, -1}, kept:call())
check.values({n = 1, 5}, mtstates.newstate("return function(x) return x end"):call(5))
check.equal((pcall(function() return kept:nothing() end)), false)
print(kept:call())
