-- shows: string.find returns where a pattern matches, and its captures.
-- proves: string.find

print("found", string.find("hello world", "o w"))
print("not found", string.find("hello", "z"))
print("pattern", ("hello 42"):find("%d+"))
print("captures", ("key = value"):find("(%w+) = (%w+)"))
print("position capture", ("abc"):find("b()"))
print("init", ("abcabc"):find("b", 3))
print("negative init", ("abcabc"):find("b", -2))
print("init far before", ("abc"):find("a", -10))
print("empty pattern", ("abc"):find(""))
print("empty pattern at end", ("abc"):find("", 4))
print("anchor", ("abc"):find("^b"))
print("anchor with init", ("abc"):find("^b", 2))
print("anchor at end", ("abcb"):find("b$"))
print("specials alone are themselves", ("a.b"):find("%."))
print("in zeros", ("a\0b\0c"):find("c"))
