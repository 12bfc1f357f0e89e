-- shows: A closure keeps the variables of a block that a break left.
-- proves: lua.closures, lua.control

local f
local function use() local p, q, r, s = 1, 2, 3, 4 return p end
while true do do local a = 1; f = function() a = a + 1 return a end; if true then break end end end
do local x, y = 100, 200; use() print("while-do", f(), f(), x, y) end
while true do local a = 1; f = function() a = a + 1 return a end; if true then break end end
do local x, y = 100, 200; use() print("while", f(), f(), x, y) end
while true do local a = 1; f = function() a = a + 1 return a end; break end
do local x, y = 100, 200; use() print("while-direct", f(), f(), x, y) end
for i = 1, 3 do local a = 1; f = function() a = a + 1 return a end; if i == 2 then break end end
do local x, y, z, w, v = 100, 200, 300, 400, 500; use() print("for", f(), f(), x, y, z, w, v) end
for i = 1, 3 do do local a = 1; f = function() a = a + 1 return a end; if i == 2 then break end end end
do local x, y, z, w, v = 100, 200, 300, 400, 500; use() print("for-do", f(), f(), x, y, z, w, v) end
for _, i in ipairs{1, 2} do f = function() i = i + 1 return i end; if i == 2 then break end end
do local x, y, z, w, v, u, t = 100, 200, 300, 400, 500, 600, 700; use() print("generic", f(), f(), x, y, z, w, v, u, t) end
repeat local a = 1; f = function() a = a + 1 return a end; if true then break end until false
do local x, y = 100, 200; use() print("repeat", f(), f(), x, y) end
for i = 1, 2 do if i == 2 then local a = 1; f = function() a = a + 1 return a end; break end end
do local x, y, z, w, v = 100, 200, 300, 400, 500; use() print("if", f(), f(), x, y, z, w, v) end
