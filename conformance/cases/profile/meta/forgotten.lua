-- shows: A metamethod is found whatever was looked for in the metatable before.
-- proves: lua.meta.newindex, lua.meta.comparison, lua.meta.index

local log = {}
local function note(...) log[#log + 1] = table.concat({...}, " ") end
local function report(name) print(name, table.concat(log, ", ")) log = {} end

local meta = {__newindex = function(t, k, v) note("new", k, tostring(v)) rawset(t, k, v) end,
    __eq = function() note("eq") return true end, __lt = function() note("lt") return true end, __le = function() note("le") return false end,
    __call = function(_, x) note("call", x) return x end, __concat = function() note("concat") return "c" end, __unm = function() note("unm") return 1 end}
local a, b = setmetatable({}, meta), setmetatable({}, meta)
for i = 1, 2 do
    local _ = a.missing, b[i], a[b], a[true]
    a["x" .. i] = i
    note(tostring(a == b), tostring(a ~= b), tostring(a < b), tostring(a <= b), tostring(a("y")), a .. b, -a)
end
report("all events")

meta.__newindex = nil
local _ = a.missing
a.plain = 1
meta.__newindex = function(_, k) note("again", k) end
_ = a.missing
a.plain, a.other = 2, 3
note(tostring(rawget(a, "plain")), tostring(rawget(a, "other")))
report("changed")

meta.__index = function(_, k) note("index", k) return nil end
_ = a.absent
meta.__index = nil
_ = a.absent
a.late = 1
meta.__eq = nil
note(tostring(a == b))
report("removed")

local store = {}
local proxy = setmetatable({}, {__newindex = store})
for i = 1, 3 do
    _ = proxy[i]
    proxy[i] = i * 10
end
print("table", rawget(proxy, 1), store[1], store[2], store[3])

local base = setmetatable({}, {__newindex = function(t, k, v) note("base", k) rawset(t, k, v) end})
local derived = setmetatable({}, {__newindex = base})
_ = derived.x, base.x
derived.x = 1
derived.x = 2
base.x = nil
_ = derived.x
derived.x = 3
note(tostring(rawget(derived, "x")), tostring(rawget(base, "x")))
report("chain")

local readonly = setmetatable({}, {__newindex = function(_, k) error("no " .. k, 0) end})
for i = 1, 2 do
    _ = readonly.field
    print(pcall(function() readonly.field = i end))
end
local global = setmetatable({}, {__newindex = function(t, k, v) note("global", k) rawset(t, k, v) end})
local chunk = (loadstring or load)("local _ = missing; defined = 1; _ = missing; defined = 2; defined = nil; _ = defined; defined = 3")
if setfenv then setfenv(chunk, global) else debug.setupvalue(chunk, 1, global) end
chunk()
report("globals")
