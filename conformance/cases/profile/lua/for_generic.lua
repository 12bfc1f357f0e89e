-- shows: The generic for calls a function with state and control value until it returns nil.
-- proves: lua.for.generic

local function upto(n, i) if i < n then return i + 1, i * i end end
for i, square in upto, 3, 0 do print(i, square) end
local function values(t)
    local i = 0
    return function() i = i + 1 return t[i] end
end
for v in values{"a", "b"} do print(v) end
for a, b, c in function(_, k) if not k then return 1 end end do print(a, b, c) end
local closures = {}
for _, v in ipairs{"x", "y"} do closures[#closures + 1] = function() return v end end
print("fresh variables", closures[1](), closures[2]())
for _ in function() end do print("never") end
for i in setmetatable({}, {__call = function(_, _, i) i = (i or 0) + 1 if i <= 2 then return i end end}) do print("callable", i) end
print("no function", (pcall(function() for _ in nil do end end)), (pcall(function() for _ in {} do end end)))
local seen = 0
for k, v in pairs({1, 2, 3}) do
    if k == 2 then break end
    seen = seen + 1
end
print("break", seen)
