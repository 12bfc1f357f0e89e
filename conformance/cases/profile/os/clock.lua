-- shows: os.clock gives seconds of use, os.getenv a variable of the environment.
-- proves: os.clock, os.getenv

local before = os.clock()
print("clock", type(before), before >= 0)
for _ = 1, 1000 do end
print("does not run backwards", os.clock() >= before)
print("getenv", type(os.getenv("PATH")))
print("missing", os.getenv("NO_SUCH_VARIABLE_OF_THIS_CASE"))
print("no name", (pcall(os.getenv)))
