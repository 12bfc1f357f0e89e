-- shows: A faulty pattern is an error and no match.
-- proves: string.patterns.faulty

for _, pattern in ipairs{"[a", "%", "(a", "%a)", "%b", "%b(", "%f", "%1", "(%1)", "[%", "[]", "[^]"} do
    print(pattern, (pcall(string.find, "abc", pattern)))
end
print("33 captures", (pcall(string.match, ("x"):rep(33), ("(x)"):rep(33))))
print("message", select(2, pcall(string.find, "a", "[a")))
print("message", select(2, pcall(string.find, "a", "(a")))
