-- Checks for the cases: each raises an error with the place of the case that called it.
local check = {}

local function show(v)
    return type(v) == "string" and '"' .. v .. '"' or tostring(v)
end

-- got and want are the same value.
function check.equal(got, want)
    if got ~= want then
        error("got " .. show(got) .. ", want " .. show(want), 2)
    end
end

-- got has the text want in it.
function check.contains(got, want)
    if not tostring(got):find(want, 1, true) then
        error("got " .. show(got) .. ", want something with " .. show(want), 2)
    end
end

-- f(...) raises an error that equals want or, when want is a string, whose text has it inside. Returns the error.
function check.fails(want, f, ...)
    local ok, err = pcall(f, ...)
    if ok then
        error("no error, want " .. show(want), 2)
    end
    if type(want) == "string" then
        if not tostring(err):find(want, 1, true) then
            error("got the error " .. show(err) .. ", want something with " .. show(want), 2)
        end
    elseif err ~= want then
        error("got the error " .. show(err) .. ", want " .. show(want), 2)
    end
    return err
end

-- Whether err is the error constant, in whichever edition of the modules.
function check.is(err, constant)
    return err == constant or type(constant) == "string" and tostring(err):match("^[%w_.]+") == constant
end

-- The details of an error of the modules: what an object answers, or the part of a string between name and stacks.
function check.details(err)
    if type(err) ~= "string" then return err:details() end
    local details = err:match("^[%w_.]+: (.*)$")
    return details:match("^(.-)\nstack traceback:\n") or details
end

-- The values of ... are those of want, which has their number as n.
function check.values(want, ...)
    local n = select("#", ...)
    if n ~= want.n then
        error("got " .. n .. " values, want " .. want.n, 2)
    end
    for i = 1, n do
        local got = select(i, ...)
        if got ~= want[i] then
            error("value " .. i .. ": got " .. show(got) .. ", want " .. show(want[i]), 2)
        end
    end
end

-- The state that had the name and the id is unknown, and its name is free.
function check.gone(mtstates, name, id)
    for _, key in ipairs { id, name } do
        local ok, err = pcall(mtstates.state, key)
        if ok then
            error("state " .. show(key) .. " is still there", 2)
        elseif not check.is(err, mtstates.error.unknown_object) then
            error("state " .. show(key) .. ": got the error " .. show(err), 2)
        end
    end
    local again = mtstates.newstate(name, "return print")
    if again:id() == id then
        error("the id " .. id .. " was used again", 2)
    end
    again:close()
end

return check
