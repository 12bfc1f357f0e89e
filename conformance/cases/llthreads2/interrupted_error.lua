-- shows: The error of an interrupted thread contains interrupted_error, wherever the thread was.
-- proves: llthreads2.interrupted_error, threads.interrupt, threads.interrupt_wait
-- edition: seed, 0.4
local check = require "check"
local llthreads = require "llthreads2"
local mtmsg = require "mtmsg"

check.equal(type(llthreads.interrupted_error), "string")
local ready, go = mtmsg.newbuffer(), mtmsg.newbuffer("go")
local done = os.tmpname() -- what an interrupted thread has started goes on until the file is gone
for _, code in ipairs {
    "while true do end",
    "local s = ('x'):rep(1000) while true do s:gsub('.', '%0') end",
    "while true do pcall(error) end",
    "os.execute 'sleep 60'",
    "io.popen('while [ -e " .. done .. " ]; do sleep 0.01; done'):read()",
    "require('mtmsg').sleep(60)",
    "require('mtmsg').newbuffer():nextmsg(60)",
    "require('mtmsg').newreader():nextmsg(require('mtmsg').newbuffer(), 60)",
    "require('llthreads2').new('require([[mtmsg]]).buffer([[go]]):nextmsg(60)'):start(true, true):join()",
} do
    local thread = llthreads.new("(...):addmsg('ready') " .. code, ready):start()
    check.equal(ready:nextmsg(), "ready")
    thread:interrupt(true)
    local ok, err = thread:join()
    check.equal(ok, false)
    check.contains(err, llthreads.interrupted_error)
    print((code:gsub("%-e [^ ]+", "-e FILE")))
end
assert(os.remove(done))
go:addmsg("on")
