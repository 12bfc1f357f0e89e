-- shows: With plain, string.find looks for the text as it is.
-- proves: string.find.plain

print("plain", ("a.b"):find(".", 1, true))
print("plain with magic", ("x [1-9]* y"):find("[1-9]*", 1, true))
print("plain missing", ("abc"):find(".", 1, true))
print("plain init", ("a.b.c"):find(".", 3, true))
print("plain empty", ("abc"):find("", 2, true))
print("not plain", ("a.b"):find(".", 1, false))
