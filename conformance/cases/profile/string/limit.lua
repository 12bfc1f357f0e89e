-- shows: A string that would be longer than the limit of the state is an error that can be caught.
-- proves: string.limit
-- like: neither

local function try(...)
    local ok, message = pcall(string.rep, ...)
    return ok, tostring(message):find("not enough memory", 1, true) ~= nil
end
print("rep", try("x", 2^40))
print("just above", try("x", 2^28 + 1))
print("long pieces", try(("x"):rep(2^16), 2^16))
print("separator", try("", 2^20, ("x"):rep(2^10)))
print("far beyond numbers", try("x", 1e300))
print("nothing always fits", #(""):rep(2^30))
print("still fine", #("x"):rep(2^20))
