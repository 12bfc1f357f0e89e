-- shows: string.byte gives codes, string.char makes a string of them.
-- proves: string.byte, string.char

print("first", string.byte("A"))
print("at", ("abc"):byte(2))
print("from end", ("abc"):byte(-1))
print("range", ("abc"):byte(1, 3))
print("range from end", ("abc"):byte(-2, -1))
print("outside", select("#", ("abc"):byte(4)))
print("of nothing", select("#", (""):byte()))
print("zero and high", ("\0\255"):byte(1, 2))
print("char", string.char(72, 105, 33))
print("char of nothing", #string.char())
print("char of all", #string.char(0, 128, 255), string.char(0, 128, 255):byte(1, -1))
print("char below", (pcall(string.char, -1)))
print("char above", (pcall(string.char, 256)))
