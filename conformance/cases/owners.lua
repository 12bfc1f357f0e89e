-- What is gone in the moment when its last owner is closed, without a collection. Cases run it in each edition.
local check = require "check"
local mtmsg = require "mtmsg"
local mtstates = require "mtstates"
local llthreads = require "llthreads2"

-- What was asked for by a look-up has a handle here from then on, so this is asked at the end only.
local function gone(what, id, name)
    local find = what == "state" and mtstates.state or mtmsg[what]
    local unknown = what == "state" and "mtstates.error.unknown_object" or "mtmsg.error.unknown_object"
    for _, key in pairs { id or name, name } do
        local ok, err = pcall(find, key)
        if ok then error(what .. " " .. key .. " is still there", 2) end
        check.equal(err:match(unknown), unknown)
    end
end

local function there(what, id)
    check.equal((what == "state" and mtstates.state or mtmsg[what])(id):id(), id)
end

-- makes what it holds in globals, and returns the ids
local holds = [[
    local mtstates, mtmsg = require "mtstates", require "mtmsg"
    state = mtstates.newstate("%s state", true, "return function() return 'called' end")
    buffer = mtmsg.newbuffer("%s buffer")
    listener = mtmsg.newlistener("%s listener")
    of = listener:newbuffer("%s of")
    of:addmsg("waits")
    local function ids() return state:id(), buffer:id(), listener:id(), of:id() end
]]

local function allGone(name, state, buffer, listener, of)
    gone("state", state, name .. " state")
    gone("buffer", buffer, name .. " buffer")
    gone("listener", listener, name .. " listener")
    gone("buffer", of, name .. " of")
end

-- A state that is closed, used before or not.
for _, used in ipairs { false, true } do
    local s, a, b, c, d = mtstates.newstate(holds:gsub("%%s", "closed") .. [[
        return function(f) return state:call() end, ids()]])
    if used then check.equal(s:call(), "called") end
    s:close()
    allGone("closed", a, b, c, d)
end

-- A setup that fails.
local ids = mtmsg.newbuffer()
check.equal(pcall(mtstates.newstate, nil, (holds:gsub("%%s", "failed")) .. "(...):addmsg(ids()) error 'no'", ids), false)
allGone("failed", ids:nextmsg(0))

-- A thread: joined, failed, without results, and one that was never started, whose maker is closed.
local t = llthreads.new(holds:gsub("%%s", "joined") .. "return ids()"):start()
local results = { t:join() }
check.equal(results[1], true)
allGone("joined", results[2], results[3], results[4], results[5])
t = llthreads.new(holds:gsub("%%s", "failing") .. "(...):addmsg(ids()) return {function() end}", ids):start()
check.equal((t:join()), false)
allGone("failing", ids:nextmsg(0))
t = llthreads.new(holds:gsub("%%s", "plain") .. "(...):addmsg(ids())", ids):start(false, false)
check.equal((t:join()), true)
allGone("plain", ids:nextmsg(0))

local maker = mtstates.newstate([[
    local mtmsg, mtstates, llthreads = require "mtmsg", require "mtstates", require "llthreads2"
    local b, s = mtmsg.newbuffer("argument"), mtstates.newstate("in a table", true, "return print")
    thread = llthreads.new("return ...", b, {s})
    done = llthreads.new("return require 'mtmsg'.newbuffer('result')"):start()
    while done:alive() do mtmsg.sleep(0.001) end
    return function() end, b:id(), s:id()]])
check.equal(mtmsg.type(maker), "mtstates.state")
maker:close()
gone("buffer", "argument")
gone("buffer", "result")
gone("state", "in a table")

-- What others own as well stays.
local s, id = mtstates.newstate([[
    local mtmsg = require "mtmsg"
    buffer = mtmsg.newbuffer("shared")
    return function() return buffer end, buffer:id()]])
local other = mtstates.newstate("return function(...) kept = {...} end")
other:call({ s:call() })
s:close()
there("buffer", id)
other:call()

-- Handles that wait in messages own what they are handles of, as long as the message waits.
local b = mtmsg.newbuffer()
local function sender(name)
    local s, id = mtstates.newstate(nil, [[
        local name, b = ...
        local mtmsg = require "mtmsg"
        local sent = mtmsg.newbuffer(name)
        b:addmsg("deep", {{sent}})
        return function() end, sent:id()]], name, b)
    s:close()
    return id
end
id = sender "waits"
there("buffer", id)
collectgarbage() -- what there has made
b:clear()
gone("buffer", id, "waits")
id = sender "replaced"
b:setmsg("another")
gone("buffer", id, "replaced")
id = sender "dropped"
b:close()
gone("buffer", id, "dropped")

-- A message that was taken: by a state, by a reader there, and one that was collected by a writer there.
for kind, take in pairs {
    nextmsg = "function(b) kept = {b:nextmsg()} end",
    reader = "function(b) r = require 'mtmsg'.newreader() r:nextmsg(b) end",
    writer = "function(b) w = require 'mtmsg'.newwriter() w:add(b:nextmsg()) end",
} do
    b = mtmsg.newbuffer()
    id = sender(kind)
    local taker = mtstates.newstate("return " .. take)
    taker:call(b)
    there("buffer", id)
    collectgarbage()
    taker:close()
    gone("buffer", id, kind)
end

-- A notifier is owned by the buffer that notifies it.
b = mtmsg.newbuffer()
s, id = mtstates.newstate(nil, [[
    local b = ...
    local n = require "mtmsg".newbuffer("notified")
    b:notifier(n)
    return function() end, n:id()]], b)
s:close()
b:addmsg(1)
there("buffer", id)
collectgarbage()
b:notifier(nil)
gone("buffer", id, "notified")

-- What a listener has of a buffer that is gone arrives.
local l = mtmsg.newlistener()
s, id = mtstates.newstate(nil, [[
    local b = (...):newbuffer("orphan")
    b:addmsg("arrives", require "mtmsg".newbuffer("with it"))
    return function() end, b:id()]], l)
s:close()
gone("buffer", id, "orphan")
check.equal(l:nextmsg(), "arrives")
check.equal(pcall(l.nextmsg, l), false)

-- Chains, also with states between that are closed by nobody; circles where the owner is closed by name.
local chain = mtstates.newstate("chain 1", true, "local held = ... return function(h) held = h end")
local first = chain
for i = 2, 200 do
    local nextState = mtstates.newstate("chain " .. i, true, "local held = ... return function(h) held = h end")
    chain:call(nextState)
    chain = nextState
end
chain, nextState = nil, nil
collectgarbage() -- the handles here
first:close()
for i = 1, 200 do gone("state", "chain " .. i) end

local a = mtstates.newstate("circle a", true, "local held return function(h) held = h end")
do
    local c = mtstates.newstate("circle c", true, "local held return function(h) held = h end")
    a:call(c)
    c:call(a)
end
collectgarbage()
a:close()
gone("state", "circle a")
gone("state", "circle c")

-- A state that runs when its owner is closed works to its end, and is closed then.
if mtstates.error.object_exists == nil then -- an edition in which handles need not own
    local owner, id = mtstates.newstate([[
        local inner = require "mtstates".newstate("busy", true, "return function(o) o:close() return 'done' end")
        return function() end, inner:id()]])
    local ref = mtstates.state(id)
    check.equal(ref:call(owner), "done")
    gone("state", id, "busy")
    check.equal(tostring(select(2, pcall(ref.call, ref))):find("object_closed", 1, true) ~= nil, true)
end
print "gone at once"
