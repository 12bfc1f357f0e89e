-- shows: string.rep repeats a string; a count below one gives the empty string.
-- proves: string.rep

print("three", string.rep("ab", 3))
print("one", ("ab"):rep(1))
print("zero", "[" .. ("ab"):rep(0) .. "]")
print("negative", "[" .. ("ab"):rep(-1) .. "]")
print("of nothing", "[" .. (""):rep(1000) .. "]")
print("zeros", #("\0"):rep(10))
print("many", #("ab"):rep(100000))
