-- shows: The repetitions *, +, - and ? take as much or as little as they say.
-- proves: string.patterns.repetitions

print("star", ("aaab"):match("a*"))
print("star of nothing", "[" .. ("baaa"):match("a*") .. "]")
print("plus", ("baaa"):match("a+"))
print("minus", "[" .. ("aaab"):match("a-") .. "]")
print("minus with end", ("<a><b>"):match("<(.-)>"))
print("star with end", ("<a><b>"):match("<(.*)>"))
print("question", ("ac abc"):match("ab?c"))
print("backtracking", ("aaa"):match("^(a*)a$"))
print("of a class", ("x123y"):match("x(%d*)y"))
print("of a set", ("[[x]]"):match("%[+([^%]]+)"))
print("comment", ("int x; /* x */ int y; /* y */"):gsub("/%*.-%*/", "<>"))
