-- shows: rawget, rawset and rawequal go past metatables.
-- proves: base.rawget, base.rawset, base.rawequal

local log = {}
local t = setmetatable({}, {
    __index = function(_, k) return "computed " .. k end,
    __newindex = function(_, k, v) log[#log + 1] = k end,
    __eq = function() return true end,
})
print("rawget", rawget(t, "x"), t.x)
t.a = 1
rawset(t, "b", 2)
print("rawset", rawget(t, "a"), rawget(t, "b"), table.concat(log, " "))
print("returns the table", rawset(t, "c", 3) == t)
local other = setmetatable({}, getmetatable(t))
print("rawequal", rawequal(t, other), t == other, rawequal(t, t))
print("rawequal of values", rawequal(1, 1), rawequal("a", "a"), rawequal(1, "1"), rawequal(nil, false))
print("nil as key", (pcall(rawset, {}, nil, 1)))
print("nan as key", (pcall(rawset, {}, 0/0, 1)))
print("no table", (pcall(rawget, 1, 1)), (pcall(rawset, "x", 1, 1)))
print("missing", (pcall(rawequal, 1)))
