-- shows: Form feeds and vertical tabs separate tokens like spaces, and stay in strings.
-- proves: lua.control

print(loadstring("return\v1\f+\v2\t*\f\n\r3")())
print(#loadstring("return '\v\f'")(), #loadstring("return [[\f\v\f]]")())
print(loadstring("local\fx\v=\f5 --\v comment\f\n\vreturn\fx")())
