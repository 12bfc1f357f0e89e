-- shows: An error of the reader is returned by load.
-- proves: base.load.reader
-- like: Lua 5.2

local f, message = load(function() error("reader failed", 0) end)
print(f, message:match("^reader failed"))
