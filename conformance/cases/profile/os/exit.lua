-- shows: os.exit ends the main script of mtlua only; elsewhere it raises an error.
-- proves: os.exit
-- like: neither

print("raises", (pcall(os.exit)), (pcall(os.exit, 0)), (pcall(os.exit, true)))
print("goes on")
