-- shows: package.config has separator, template marks and so on, a line each.
-- proves: package.config

local lines = {}
for line in package.config:gmatch("[^\n]+") do lines[#lines + 1] = line end
print(#lines, lines[2], lines[3], lines[4], lines[5])
print(lines[1] == "/" or lines[1] == "\\")
