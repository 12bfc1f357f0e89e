package conformance

import (
	"github.com/mtstates/go-mtstates/conformance/hosttest"
	"github.com/mtstates/go-mtstates/mtstates"
)

// threadLimitCase lets a script reach the limit on threads. Joining one makes room, and so does one that fails in new.
var threadLimitCase = goCase{"go/limit_threads", []string{"threads.limit"}, func(t *recorder, target Target) {
	limitScript(t, target, mtstates.WithMaxThreads(2), `
		local check, mtstates, threads = require "check", require "mtstates", require "llthreads2"
		local function refused()
			local err = check.fails(mtstates.error.out_of_memory, threads.new, "return 1")
			check.equal(err:details(), "the limit of 2 threads is reached")
		end
		for i = 1, 5 do
			check.equal(pcall(threads.new, "this is not Lua"), false)
		end
		local a, b = threads.new("return 1"), threads.new("return require('llthreads2').new('return 2')")
		refused()
		check.equal(select(2, a:start():join()), 1)
		check.equal(select(2, threads.new("return 3"):start():join()), 3)
		check.equal(select(2, threads.new("return 3"):start():join()), 3)
		-- A thread of a thread counts as well.
		local c = threads.new("return 4")
		check.equal(b:start():join(), false)
		check.equal(select(2, c:start():join()), 4)`)
}}

// messageLimitCase lets a script reach the limit on messages. Taking them makes room, also by closing a buffer.
var messageLimitCase = goCase{"go/limit_messages", []string{"mtmsg.error.out_of_memory"}, func(t *recorder, target Target) {
	limitScript(t, target, mtstates.WithMaxMessageBytes(10_000), `
		local check, mtmsg = require "check", require "mtmsg"
		local text = ("x"):rep(3000)
		local a, b = mtmsg.newbuffer(), mtmsg.newbuffer()
		for i = 1, 3 do
			a:addmsg(text)
			a:addmsg(text)
			b:addmsg(text)
			for _, full in ipairs {a, b} do
				local err = check.fails(mtmsg.error.out_of_memory, full.addmsg, full, text)
				check.equal(err:details(), "the limit of 10000 bytes for messages is reached")
			end
			check.fails(mtmsg.error.out_of_memory, b.setmsg, b, text .. text)
			check.equal(b:nextmsg(), text)
			b:addmsg(text)
			a:setmsg(text)
			b:addmsg("small")
			a:clear()
			b:close()
			b = mtmsg.newbuffer()
		end
		local listener = mtmsg.newlistener()
		local c, d = listener:newbuffer(), listener:newbuffer()
		for i = 1, 3 do
			c:addmsg(text)
			d:addmsg(text)
			c:addmsg(text)
			check.fails(mtmsg.error.out_of_memory, d.addmsg, d, text)
			for j = 1, 3 do check.equal(listener:nextmsg(), text) end
		end`)
}}

// limitScript runs a script in a host with a limit.
func limitScript(t *recorder, target Target, limit mtstates.Option, script string) {
	h := hosttest.New(t, target.Callee, limit, mtstates.WithModules(sharedModules...))
	vm, err := h.States.NewVM(target.Caller, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer vm.Close()
	push(t, vm, script)
}
