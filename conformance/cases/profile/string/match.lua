-- shows: string.match returns the captures of the first match, or the match itself.
-- proves: string.match

print("whole", string.match("hello 42 world", "%d+"))
print("one capture", ("key=value"):match("(%w+)="))
print("captures", ("2024-05-17"):match("(%d+)-(%d+)-(%d+)"))
print("nested", ("abc"):match("((a)(b))"))
print("position", ("hello"):match("()ll()"))
print("empty capture", "[" .. ("abc"):match("a(x*)b") .. "]")
print("nothing", ("abc"):match("%d"))
print("init", ("a1b2"):match("%a%d", 2))
print("anchor", ("  x"):match("^%s*(.-)$"))
print("back reference", ([["it's" 'x']]):match([[(["'])(.-)%1]]))
print("optional", ("color colour"):match("colou?r"), ("colour"):match("colou?r"))
print("optional sign", ("-5"):match("^([+-]?)(%d+)$"))
