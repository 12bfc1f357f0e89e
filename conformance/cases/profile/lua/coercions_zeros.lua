-- shows: A leading zero makes no octal number of a string.
-- proves: lua.coercions

print("010" + 1, "0008" * 1, "-010" + 0, tonumber("010"))
