-- shows: _G holds the globals, _VERSION names the language.
-- proves: base._G, base._VERSION

print("itself", _G._G == _G)
x_of_this_case = 5
print("read", _G.x_of_this_case, _G["x_of_this_case"])
_G.y_of_this_case = 6
print("write", y_of_this_case)
x_of_this_case = nil
print("removed", rawget(_G, "x_of_this_case"))
print("version", _VERSION:match("^Lua 5%.[12]$") == _VERSION)
print("unknown is nil", nothing_of_this_name)
local names = {}
for _, name in ipairs{"assert", "collectgarbage", "dofile", "error", "getmetatable", "ipairs", "load", "loadfile",
    "loadstring", "next", "pairs", "pcall", "print", "rawequal", "rawget", "rawset", "require", "select",
    "setmetatable", "tonumber", "tostring", "type", "unpack", "xpcall"} do
    if type(_G[name]) ~= "function" then names[#names + 1] = name end
end
print("missing", table.concat(names, " "))
names = {}
for _, name in ipairs{"string", "table", "math", "io", "os", "debug", "package"} do
    if type(_G[name]) ~= "table" or package.loaded[name] ~= _G[name] then names[#names + 1] = name end
end
print("missing", table.concat(names, " "))
print("strict globals", (pcall(function()
    setmetatable(_G, {__newindex = function(_, name) error("no global " .. name, 0) end})
    local ok, message = pcall(function() undeclared_of_this_case = 1 end)
    setmetatable(_G, nil)
    print(message)
end)))
