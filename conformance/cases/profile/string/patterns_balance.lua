-- shows: %bxy matches balanced text, %f[set] the border of a set.
-- proves: string.patterns.balance, string.patterns.frontier

print("balance", ("f(a(b)c)d"):match("%b()"))
print("balance of two", ("if x then y end"):match("%bie"))
print("no balance", ("f(a(b"):match("%b()"))
print("same delimiters", ([[say "hi" now]]):match([[%b""]]))
print("frontier", ("THE (quick) fox"):find("%f[%a]%a+%f[%A]"))
print("words", (("the cat, cats, the"):gsub("%f[%w]cat%f[%W]", "dog")))
print("at the start", ("word"):find("%f[%w]"))
print("at the end", ("word"):find("%f[%W]"))
