-- shows: string.gsub replaces matches by text and returns how many there were.
-- proves: string.gsub

print("all", string.gsub("hello", "l", "L"))
print("none", ("hello"):gsub("z", "Z"))
print("limit", ("aaaa"):gsub("a", "b", 2))
print("limit zero", ("aaaa"):gsub("a", "b", 0))
print("capture", ("hello world"):gsub("(%w+)", "<%1>"))
print("whole", ("hello world"):gsub("%w+", "%0 %0"))
print("swap", ("a=1 b=2"):gsub("(%w)=(%w)", "%2=%1"))
print("no captures is whole", ("abc"):gsub("b", "[%1]"))
print("percent", ("5"):gsub("%d", "%0%%"))
print("empty pattern", ("abc"):gsub("", "-"))
print("anchor", ("aaa"):gsub("^a", "b"))
print("number as replacement", ("x1"):gsub("%d", 2))
print("remove", ("  trim  "):gsub("^%s+", ""))
print("lines", ("a\nb\n"):gsub("\n", "\\n"))
