-- shows: Where the host makes globals read-only, no call of a state changes what its setup left, whatever it tries.
-- proves: newstate.readonly, newstate.readonly_setup
-- needs: coroutines
-- with: readonly
local check = require "check"
local mtstates = require "mtstates"

local state = mtstates.newstate([[
    own, shared = 1, {}
    string.shout = function(s) return s:upper() .. "!" end
    package.preload.later = function() return {later = true} end
    local load, unpack = loadstring or load, unpack or table.unpack
    local setup_knows = {math = math, meta = getmetatable("")}
    local mtmsg = require "mtmsg"
    -- Writes to all tables that any running function has, those of the library included.
    function scan()
        for level = 2, 8 do
            for i = 1, 20 do
                local ok, name, v = pcall(debug.getlocal, level, i)
                if ok and type(v) == "table" then pcall(rawset, v, "hacked", true) end
            end
        end
    end
    package.preload.spy = function() scan() return "spied" end
    table.insert(package.searchers or package.loaders, 1, function() scan() end)
    local tries = {
        "new = 1", "own = 2", "own = nil", "_G.own = 2", "_G['new'] = 2", "_G._G = {}", "_G[1] = 1", "_G[{}] = 1",
        "function print() end", "function string.rep() end", "string.rep = nil", "string.shout = nil", "math.pi = 3",
        "table.concat = print", "coroutine.wrap = nil", "io.open = nil", "os.time = nil", "debug.getinfo = nil",
        "require('mtstates').newstate = nil", "require('mtstates').error.state_result = 1", "require('mtmsg').x = 1",
        "mtmsg.sleep = nil", "require('llthreads2').new = nil", "known.math.pi = 3",
        "package.path = ''", "package.loaded.math = {}", "package.loaded.string = nil", "package.loaded._G = {}",
        "package.preload.math = print", "package.preload.later = nil", "package.loaded = {}", "package.preload = {}",
        "(package.searchers or package.loaders)[1] = print", "package.searchers = {}", "package.loaders = {}",
        "rawset(_G, 'own', 2)", "rawset(_G, 'new', 2)", "rawset(string, 'rep', nil)", "rawset(package.loaded, 'x', 1)",
        "table.insert(_G, 1)", "table.insert(string, 1, 'x')", "table.remove(package.searchers or package.loaders)",
        "table.sort(package.searchers or package.loaders)",
        "setmetatable(_G, {})", "setmetatable(_G, nil)", "setmetatable(string, {__index = {}})", "setmetatable(math, nil)",
        "setmetatable(package.loaded, {})", "setmetatable(require('mtmsg'), {})",
        "debug.setmetatable(_G, nil)", "debug.setmetatable(math, {})", "debug.setmetatable('', nil)", "debug.setmetatable('', {})",
        "debug.setmetatable(1, {})", "debug.setmetatable(nil, {})", "debug.setmetatable(print, {})", "debug.setmetatable(true, {})",
        "debug.setmetatable(coroutine.create(print), {})", "debug.setmetatable(io.stdout, {})",
        "debug.setmetatable(mtmsg.newbuffer(), {})",
        "getmetatable('').__index = {}", "getmetatable('').x = 1", "debug.getmetatable('').__index = {}", "known.meta.__index = {}",
        "getmetatable(_G).__newindex = nil", "debug.getmetatable(_G).__newindex = nil", "debug.getmetatable(math).__index.pi = 3",
        "getmetatable(io.stdout).__index.write = nil", "debug.getmetatable(io.stdout).__index.write = nil",
        "getmetatable(mtmsg.newbuffer()).__index.addmsg = nil", "debug.getmetatable(mtmsg.newbuffer()).__index.addmsg = nil",
        "debug.getmetatable(mtmsg.error.no_object).__index.name = nil",
        "debug.getregistry()._LOADED.math = nil", "debug.getregistry()[2].print = nil",
        "for k, v in pairs(_G) do _G[k] = false end", "for k in next, string do string[k] = false end",
        "local f, t = pairs(math) t.pi = 3", "local f, t = pairs(math) rawset(t, 'pi', 3)",
        "setmetatable({}, {__index = _G, __newindex = _G}).own = 3", "(setfenv or error)(0, {})",
        "debug.setfenv(coroutine.create(print), {})", "module('own')", "module('new')",
        "debug.setupvalue(debug.getupvalue and print, 1, nil)",
        "getfenv(0).own = 2", "getfenv(print).own = 2", "debug.getfenv(print).own = 2", "debug.getfenv(io.stdout).own = 2",
        "debug.sethook(scan, 'cr') next(_G) for k in pairs(string) do end for i in ipairs(package.searchers or package.loaders) do end debug.sethook() new = 1",
        "debug.sethook(scan, 'cr') rawget(_G, 'x') pcall(rawset, _G, 'y', 1) pcall(require, 'missing') debug.sethook() new = 1",
        "debug.sethook(scan, '', 1) local x = own .. tostring(new) pcall(table.sort, math) x = ('x'):rep(3) debug.sethook() new = 1",
        "(table.foreach or function(t, f) f() end)(math, scan) new = 1", "pcall(require, 'missing') new = 1",
        "load('own = 2', 'x', 't', _G)()", "load('string.rep = nil')()", "coroutine.wrap(function() own = 2 end)()",
    }
    local function try(code)
        local chunk = assert(load("local known, mtmsg, load = ... " .. code, "=try"))
        local ok, err = pcall(chunk, setup_knows, mtmsg, load)
        return not ok and tostring(err) or nil
    end
    -- What all of the read-only tables hold, as one text.
    local function look()
        local found = {}
        local function add(name, t)
            for k, v in pairs(t) do found[#found + 1] = name .. "." .. tostring(k) .. "=" .. tostring(v) end
        end
        for _, name in ipairs {"_G", "string", "table", "math", "io", "os", "debug", "coroutine", "package"} do
            add(name, _G[name])
        end
        for _, name in ipairs {"loaded", "preload", "searchers", "loaders"} do add(name, package[name]) end
        for _, name in ipairs {"mtstates", "mtmsg", "llthreads2"} do add(name, require(name)) add(name .. ".error", require(name).error or {}) end
        add("seen", {own, ("x"):rep(2), ("x"):shout(), io.stdout.write, mtmsg.newbuffer().addmsg, tostring(1), #"xx", math.floor(1.5)})
        table.sort(found)
        return table.concat(found, "\n")
    end
    return function(what, ...)
        if what == "try" then return try(tries[...]) end
        if what == "code" then return try(...) end
        if what == "look" then return look() end
        return #tries, tries
    end
]])
local n, tries = state:call("tries")
state:call("look") -- loads modules
local before = state:call("look")
for i = 1, n do
    if not state:call("try", i) and not tries[i]:find("setupvalue") then print("no error: " .. tries[i]) end
    if state:call("look") ~= before then
        print("it changes something: " .. tries[i])
        before = state:call("look")
    end
end
check.equal(state:call("code", "assert(require('spy') == 'spied')"), nil)
check.equal(state:call("look"):find("hacked"), nil)
-- The messages name what cannot be changed.
print(state:call("code", "own = 2"))
print(state:call("code", "string.rep = nil"))
print(state:call("code", "package.loaded.x = 1"))
print(state:call("code", "require('mtstates').error.x = 1"))
print(state:call("code", "rawset(math, 'pi', 3)"))
-- What is not a global may be changed, and require loads modules.
for _, code in ipairs {
    "shared.x = (shared.x or 0) + 1 assert(shared.x == 1)", "local own = 2 own = 3", "assert(require('later').later)",
    "require('later').x = 1", "setmetatable({}, {}).x = 1", "assert(rawget(_G, 'own') == 1 and rawget(_G, 'new') == nil)",
    "assert(next(string) and rawget(string, 'rep') == string.rep and getmetatable(_G) == false)",
    "local n = 0 for i, f in ipairs(package.searchers or package.loaders) do n = i end assert(n > 0)",
    "local n = 0 ; (table.foreach or function(t, f) for k, v in pairs(t) do f(k, v) end end)(math, function(k, v) n = n + 1 end) assert(n > 10)",
    "assert(new == nil and ('x').new == nil)", "local t = {} rawset(t, 1, 2) table.insert(t, 3) table.sort(t) assert(next(t))",
    "local r = require('mtstates').newstate('x = 1 return function() x = 2 end') assert(not pcall(r.call, r))",
    "assert(select(2, require('llthreads2').new('local f = ... return f(\\'x\\', 2)', string.rep):start():join()) == 'xx')",
} do
    local err = state:call("code", code)
    if err then print(code, err) end
end
check.equal(state:call("code", "assert(shared.x == 1)"), nil)
