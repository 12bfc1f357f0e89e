-- shows: Searchers in package.searchers and package.loaders, one table, are asked in their order.
-- proves: package.searchers
-- like: neither

print("one table", package.searchers == package.loaders, type(package.searchers))
local asked
table.insert(package.searchers, 2, function(name)
    asked = name
    if name == "searched" then return function(...) return "found " .. (...) end end
    return "\n\tnot by my searcher"
end)
print("found", (require("searched")))
package.loaded.searched = nil
print("asked", asked)
local ok, message = pcall(require, "nowhere")
print("message", ok, message:find("\n\tnot by my searcher", 1, true) ~= nil)
table.remove(package.searchers, 2)
print("removed", (pcall(require, "searched")))
