-- shows: A level beyond the stack adds no place, and tail calls lose theirs.
-- proves: base.error.level

print("beyond", pcall(error, "message", 100))
print("beyond in a function", pcall(function() error("message", 100) end))
local function check(v) if not v then error("check failed", 2) end end
local function user() check(false) return 1 end
print("caller", pcall(user))
local function level3() error("three", 3) end
local function middle() level3() return 1 end
local function outer()
    middle()
    return 1
end
print("level 3", pcall(outer))
print("number gets no place", pcall(function() error(5) end))
print("string that looks like a number", pcall(function() error("5", 0) end))
print("default is 1", pcall(function() error("x", nil) end))
