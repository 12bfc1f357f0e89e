-- shows: collectgarbage does what its argument says.
-- proves: base.collectgarbage

print("default", collectgarbage())
print("collect", collectgarbage("collect"))
print("count", type(collectgarbage("count")), (collectgarbage("count")) > 0)
print("stop and restart", collectgarbage("stop"), collectgarbage("restart"))
print("step", type(collectgarbage("step")))
print("unknown", (pcall(collectgarbage, "nothing")))
