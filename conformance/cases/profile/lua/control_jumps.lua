-- shows: A loop may begin with a jump: a break, a condition that is a literal, or "and" and "or" of literals.
-- proves: lua.control, lua.for.generic, lua.logic

local turns = 0
local function turn()
    turns = turns + 1
    if turns > 100 then error("endless", 0) end
    return turns
end
local function show(name, f)
    turns = 0
    print(name, pcall(f))
    print("turns", turns)
end
local values = {"a", "b", "c"}

show("for, break", function() for _ in next, values do break end return turn() end)
show("for, false", function() for _ in next, values do if false then return "no" end turn() end end)
show("for, only false", function() for _ in next, values do if false then return "no" end end return turn() end)
show("for, only true", function() for _ in ipairs(values) do if 1 then else return "no" end end return turn() end)
show("for, elseif", function() for _, v in ipairs(values) do if nil then return "no" elseif v == "b" then turn() end end return turn() end)
show("for, or", function() local x for _ in next, values do x = (true or 1) end return x, turn() end)
show("for, and", function() local x for k in ipairs(values) do x = (nil and 1 or k) end return x, turn() end)
show("for, not", function() local x for _ in next, values do x = not nil turn() end return x end)
show("for, while", function() for _ in next, values do while false do return "no" end turn() end end)
show("for, block", function() for _ in next, values do do do if false then return "no" end end end turn() end end)
show("for, repeat", function() for _ in next, values do repeat if false then return "no" end until true turn() end end)
show("for, declared", function() for _ in next, values do local x if false then return "no" end turn() end end)
show("for, same", function() local x = 1 for _ in next, values do x = x if false then return "no" end turn() end return x end)
show("for, closures", function()
    local gets = {}
    for i in next, values do
        if false then return "no" end
        local n = i * 10
        gets[#gets + 1] = function() return n end
        turn()
        if n == 20 then break end
    end
    return gets[1](), gets[2](), #gets
end)
show("repeat, false", function() local n = 0 repeat if false then return "no" end n = n + 1 turn() until n == 3 return n end)
show("repeat, break", function() repeat do break end until false return turn() end)
show("repeat, or", function() local x, n = nil, 0 repeat x = false or n n = n + 1 turn() until n == 3 return x end)
show("while true, false", function() local n = 0 while true do if false then return "no" end n = n + 1 turn() if n == 3 then return n end end end)
show("while 1, break", function() while 1 do do break end end return turn() end)
show("while and", function() local n = 0 while true and n < 3 do if false then return "no" end n = n + 1 turn() end return n end)
show("while or", function() local n = 0 while false or n < 3 do n = n + 1 turn() end return n end)
show("while not", function() local n = 0 while not (not true or n == 3) do n = n + 1 turn() end return n end)
show("nested", function()
    for _ in next, values do
        for _ in next, values do
            if false then return "no" end
            if nil then return "no" else turn() end
        end
    end
end)
show("numeric", function() for i = 1, 3 do if false then return "no" end turn() end end)
