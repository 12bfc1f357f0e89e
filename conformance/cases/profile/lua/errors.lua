-- shows: Faulty operations are errors that begin with chunk and line.
-- proves: lua.errors

local function place(f, ...)
    local ok, message = pcall(f, ...)
    return ok, message:match("^(.-:%d+:) ")
end
print(place(function() local x; x() end))
print(place(function() local x; return x.y end))
print(place(function() local x; x.y = 1 end))
print(place(function() return 1 + nil end))
print(place(function() return {} .. "" end))
print(place(function() return 1 < {} end))
print(place(function() return #nil end))
print(place(function() return ("x").y.z end))
print(place(function() missing_function() end))
print(place(function() local t = {}; t.f.g() end))
print(place(function() local t = {} t[nil] = 1 end))
print(place(function() for i = 1, "x" do end end))
print(place(function()

    error("third line")
end))
