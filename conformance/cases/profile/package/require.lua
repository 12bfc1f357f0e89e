-- shows: require runs a module's loader once and keeps its result.
-- proves: package.require, package.loaded, package.preload

local runs = 0
package.preload["a.module"] = function(name, ...)
    runs = runs + 1
    print("loader gets", name)
    return {name = name}
end
local m = require("a.module")
print("result", m.name, runs)
print("again", require "a.module" == m, runs)
print("loaded", package.loaded["a.module"] == m)
package.loaded["a.module"] = nil
print("after removal", require("a.module") ~= m, runs)
package.loaded["by hand"] = "a value"
print("set by hand", require("by hand"))
package.preload["no result"] = function() end
print("no result", require("no result"), package.loaded["no result"])
package.preload["sets itself"] = function(name) package.loaded[name] = "itself" end
print("sets itself", require("sets itself"))
package.preload["false"] = function() return false end
print("false", require("false"))
print("standard libraries", require("string") == string, require("_G") == _G, require("package") == package)
for _, name in ipairs{"a.module", "by hand", "no result", "sets itself", "false"} do
    package.loaded[name], package.preload[name] = nil, nil
end
