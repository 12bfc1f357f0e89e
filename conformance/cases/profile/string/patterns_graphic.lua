-- shows: The class %g matches printable characters except space.
-- proves: string.patterns.graphic
-- like: Lua 5.2

local n = 0
for i = 0, 255 do
    if string.char(i):find("%g") then n = n + 1 end
end
print("members", n)
print("match", ("  ab c"):match("%g+"))
print("complement", ("ab c"):find("%G"))
