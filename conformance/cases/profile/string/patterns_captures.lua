-- shows: Captures hold text or positions, may be empty and may be referred to.
-- proves: string.patterns.captures

print("order", ("abcd"):match("((a)((b)c))d"))
print("empty", ("abc"):find("()"))
print("text and position", ("abc"):match("(b)()"))
print("reference", ("abab cdcd"):match("(%a%a)%1"))
print("reference fails", ("abba"):match("(%a%a)%1"))
print("position is a number", type((("abc"):match("()b"))))
print("32 captures", select("#", (("x"):rep(32)):match(("(x)"):rep(32))))
