-- shows: package.searchpath finds the file of a name in a path.
-- proves: package.searchpath
-- like: Lua 5.2

local name = os.tmpname()
local folder, base = name:match("^(.*)[/\\]([^/\\]+)$")
print("found", package.searchpath(base, folder .. "/no_?;" .. folder .. "/?") == name)
os.remove(name)
print("missing", package.searchpath("a.b", "./?.x;/none/?.y"))
print("other marks", package.searchpath("a-b", "./?.x", "-", "+"))
