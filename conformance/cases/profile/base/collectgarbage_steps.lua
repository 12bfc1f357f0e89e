-- shows: Steps end a collection after some time or at once, as large as they are; settings are kept.
-- proves: base.collectgarbage.step, base.collectgarbage.settings

local function steps(size)
	collectgarbage()
	local n = 0
	repeat n = n + 1 until collectgarbage("step", size)
	return n
end
print(steps(0) > 10, steps(0) > steps(100), steps(1e6))
print(steps(2) > steps(20))
collectgarbage("stop")
local before = collectgarbage("count")
do local garbage = {} for i = 1, 20000 do garbage[i] = {} end end
steps(20)
print(collectgarbage("count") < before + 1000)
print(collectgarbage("restart"))
for _, option in ipairs {"setpause", "setstepmul"} do
	local first = collectgarbage(option, 150)
	print(option, first, collectgarbage(option, 400), collectgarbage(option, first))
end
print((pcall(collectgarbage, "step", "x")), (pcall(collectgarbage, "unknown")))
