-- shows: require finds files by package.path and runs them with the module's name.
-- proves: package.path, package.require.files

local base = os.tmpname()
os.remove(base)
local file = assert(io.open(base .. ".lua", "w"))
file:write("local name = ...\nreturn {name = name, line = debug.getinfo(1, 'l').currentline}")
file:close()
local folder, name = base:match("^(.*)[/\\]([^/\\]+)$")
local old = package.path
print("path is a string", type(package.path))
package.path = folder .. "/nothing_?.x;" .. folder .. "/?.lua"
local m = require(name)
print("file", m.name == name, m.line)
print("kept", require(name) == m)
package.loaded[name] = nil
package.path = folder .. "/nothing_?.x"
local ok, message = pcall(require, name)
print("not in the path", ok, message:find("no file '" .. folder .. "/nothing_" .. name .. ".x'", 1, true) ~= nil)
file = assert(io.open(base .. ".lua", "w"))
file:write("x x")
file:close()
package.path = folder .. "/?.lua"
local ok, message = pcall(require, name)
print("syntax error", ok, message:find("error loading module '" .. name .. "' from file", 1, true) ~= nil)
package.path = old
os.remove(base .. ".lua")
