-- shows: Sets hold characters, ranges and classes; ^ makes the complement.
-- proves: string.patterns.sets

print("characters", ("hello"):find("[xyzl]"))
print("range", ("abc5"):find("[0-9]"))
print("ranges", ("..fF9"):match("[a-fA-F0-9]+"))
print("class inside", ("a_1 b"):match("[%w_]+"))
print("complement", ("abc def"):match("[^%s]+"))
print("complement of range", ("123abc"):match("[^0-9]+"))
print("closing bracket first", ("a]b"):find("[]]"))
print("closing bracket in complement", ("]]a"):find("[^]]"))
print("hyphen last", ("a-b"):find("[x-]"))
print("caret not first", ("a^b"):find("[x^]"))
print("escaped bracket", ("a]b"):find("[%]]"))
print("percent", ("5%"):find("[%%]"))
print("dot is a dot", ("a.b"):find("[.]"))
