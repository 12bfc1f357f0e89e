-- shows: The second argument of debug.getinfo picks the fields.
-- proves: debug.getinfo.what

local function fields(what)
    local t = {}
    for k in pairs(debug.getinfo(1, what)) do
        if k ~= "nparams" and k ~= "isvararg" and k ~= "istailcall" then t[#t + 1] = k end
    end
    table.sort(t)
    return table.concat(t, " ")
end
print(fields("l"))
print(fields("S"))
print(fields("f"))
print(fields("u"))
print(fields("n"))
print(fields("lf"))
print(fields(""))
