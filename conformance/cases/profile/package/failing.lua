-- shows: A module that is not there, or whose loader fails, is an error.
-- proves: package.require.failing

local ok, message = pcall(require, "no.such.module")
print("missing", ok, message:match("^module 'no.such.module' not found:") ~= nil)
print("tells where", message:find("no field package.preload['no.such.module']", 1, true) ~= nil)
print("tells files", message:find("no/such/module", 1, true) ~= nil)
package.preload.failing = function() error("not yet", 0) end
local ok, message = pcall(require, "failing")
print("failing", ok, message:find("not yet", 1, true) ~= nil)
print("no name", (pcall(require)))
