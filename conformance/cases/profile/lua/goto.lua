-- shows: goto jumps to a label that is visible.
-- proves: lua.goto
-- like: Lua 5.2

local function run(source, ...) return assert(loadstring(source))(...) end
print("forward", run("goto done do return 'no' end ::done:: return 'yes'"))
print("backward", run("local i = 0 ::top:: i = i + 1 if i < 5 then goto top end return i"))
print("continue", run([[
    local t = {}
    for i = 1, 5 do
        if i % 2 == 0 then goto continue end
        t[#t + 1] = i
        ::continue::
    end
    return table.concat(t, " ")
]]))
print("out of loops", run([[
    for i = 1, 3 do for j = 1, 3 do if i * j == 4 then goto out end end end
    do return "no" end
    ::out:: return "out"
]]))
print("fresh locals", run([[
    local t, i = {}, 0
    ::top::
    local x = i
    t[#t + 1] = function() return x end
    i = i + 1
    if i < 3 then goto top end
    return t[1](), t[2](), t[3]()
]]))
print("no label", (loadstring("goto nowhere")))
print("label twice", (loadstring("::a:: ::a::")))
print("into a block", (loadstring("goto inside do ::inside:: end")))
print("a reserved word", (loadstring("local goto = 1")))
