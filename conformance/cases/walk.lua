-- Walks all that a script can reach, and tries what a script can try, to find what its host did not give it. Returns a
-- string with one finding a line, sorted: functions by the shortest path to them, other findings as sentences.
-- It gets a folder with a file outside.lua, which it must not be able to read, and uses base functions only.
local folder = ...

local found, seen, queue = {}, {}, {}

local function add(path, value)
    local kind = type(value)
    if (kind == "table" or kind == "function" or kind == "userdata" or kind == "thread") and not seen[value] then
        seen[value] = true
        queue[#queue + 1] = { path, value }
    end
end

local function name(key)
    return type(key) == "string" and "." .. key or "[" .. tostring(key) .. "]"
end

local function visit(path, value)
    if type(value) == "function" then
        found[#found + 1] = path
        if getfenv then add(path .. " environment", getfenv(value)) end
    elseif type(value) == "userdata" then
        found[#found + 1] = "userdata " .. path
    elseif type(value) == "table" then
        for key, member in next, value do
            add(path .. " key", key)
            add(path .. name(key), member)
        end
    end
    add(path .. " metatable", getmetatable(value))
end

-- where to begin: the globals first, so that their paths are the shortest
seen[found], seen[seen], seen[queue], seen[add], seen[name], seen[visit] = true, true, true, true, true, true
add("_G", _G)
local function text(f, ...)
    local ok, err = pcall(f, ...)
    return err
end
seen[text] = true
for _, value in ipairs { "", true, 0, print } do
    add(type(value) .. " metatable", getmetatable(value))
end
add("nil metatable", (getmetatable(nil)))
add("an error", text(function() local x = nil; return x.y end))
add("a type error", text(function() return ("").rep({}, {}) end))
local mtstates = require "mtstates"
local _, state = pcall(mtstates.newstate, "return print")
local err = text(mtstates.newstate, "error({})")
add("state", state)
for _, method in ipairs { "id", "name", "call", "close", "io", "os", "__index", "__gc" } do
    add("state:" .. method, state[method])
end
for _, method in ipairs { "name", "details", "traceback", "message", "open", "__index", "rep" } do
    add("error:" .. method, err[method])
end
if require("mtmsg").newbuffer then
    local buffer = require("mtmsg").newbuffer()
    add("buffer", buffer)
    add("buffer:nextmsg", buffer.nextmsg)
end
add("thread", require("llthreads2").new("return 1"))

local at = 1
while queue[at] do
    visit(queue[at][1], queue[at][2])
    at = at + 1
end

-- what a script can try
local function try(sentence, f, ...)
    local ok, result = pcall(f, ...)
    if ok and result then
        found[#found + 1] = sentence
    end
end
for _, library in ipairs { "io", "os", "debug", "bit32", "coroutine", "channel", "ffi", "jit" } do
    try("requires " .. library, require, library)
end
local path = folder .. "/outside.lua"
for _, reader in ipairs { "loadfile", "dofile" } do
    local f = rawget(_G, reader) or package[reader]
    if f then try(reader .. " reads a file", f, path) end
end
package.path, package.cpath = folder .. "/?.lua", folder .. "/?.so"
try("require reads a file", require, "outside")
if package.searchpath then try("searchpath finds a file", package.searchpath, "outside", package.path) end
if package.loadlib then found[#found + 1] = "package.loadlib" end
for _, list in ipairs { package.loaders or {}, package.searchers or {} } do
    for i, searcher in ipairs(list) do
        try("searcher " .. i .. " finds a file", function() return type(searcher("outside")) ~= "string" end)
    end
end
try("loads a binary chunk", loadstring or load, "\27Lua")
if load then try("loads a binary chunk", load, "\27LuaQ", "x", "b") end
try("replaces the metatable of strings", setmetatable, "", {})

local function less(a, b) return a < b end
for i = 2, #found do -- table.sort may not be there
    local j = i
    while j > 1 and less(found[j], found[j - 1]) do
        found[j], found[j - 1] = found[j - 1], found[j]
        j = j - 1
    end
end
local all = ""
for _, finding in ipairs(found) do all = all .. finding .. "\n" end
return all
