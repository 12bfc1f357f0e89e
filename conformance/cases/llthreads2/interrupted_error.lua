-- shows: The error of an interrupted thread contains interrupted_error, wherever the thread was.
-- proves: llthreads2.interrupted_error, threads.interrupt, threads.interrupt_wait
local check = require "check"
local llthreads = require "llthreads2"
local mtmsg = require "mtmsg"

check.equal(type(llthreads.interrupted_error), "string")
local ready = mtmsg.newbuffer()
for _, code in ipairs {
    "while true do end",
    "local s = ('x'):rep(1000) while true do s:gsub('.', '%0') end",
    "while true do pcall(error) end",
    "os.execute 'sleep 60'",
    "io.popen('sleep 5'):read()", -- the program goes on
    "require('mtmsg').sleep(60)",
    "require('mtmsg').newbuffer():nextmsg(60)",
    "require('mtmsg').newreader():nextmsg(require('mtmsg').newbuffer(), 60)",
    "require('llthreads2').new('require([[mtmsg]]).sleep(5)'):start(true, true):join()", -- the other thread goes on
} do
    local thread = llthreads.new("(...):addmsg('ready') " .. code, ready):start()
    check.equal(ready:nextmsg(), "ready")
    thread:interrupt(true)
    local ok, err = thread:join()
    check.equal(ok, false)
    check.contains(err, llthreads.interrupted_error)
    print(code)
end
