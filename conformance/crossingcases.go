package conformance

import (
	"fmt"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/conformance/hosttest"
	"github.com/mtstates/go-mtstates/mtstates"
)

// longStringCase lets strings cross between a VM of the host's own and states, where one side takes shorter strings than the
// other: as values, in tables and as their keys, in both directions.
var longStringCase = goCase{"go/long_strings", []string{"call.limits", "call.refused", "fault.huge_strings"}, func(t *recorder, target Target) {
	const limit = 10_000
	for _, edition := range mtstates.Editions() {
		longStrings(t, target, edition, backend.DefaultMaxString, limit, `
			local function values(f)
				f(most)
				for _, value in ipairs {long, {long}, {[long] = 1}, {{a = {long}}}} do
					check.fails("mtstates.error.out_of_memory", f, value)
					check.fails("a string of 10001 bytes is too long", f, value)
					check.fails("a string of 10001 bytes is too long", f, 1, "two", value)
				end
			end
			local state = mtstates.newstate("return function(v) return v end")
			values(function(...) return state:call(...) end)
			values(function(...) return state:tcall(0, ...) end)
			values(function(...) return mtstates.newstate(nil, "return print", ...) end)
			values(function(...) return llthreads2.new("return ...", ...):start():join() end)
			check.equal(state:call(most), most)
			-- a message that the receiver does not take stays in the buffer
			local taker = mtstates.newstate(nil, [[
				local buffer = ...
				local reader = require("mtmsg").newreader()
				return function(how)
					if how == "reader" then return reader:nextmsg(buffer, 0), reader:next() end
					return buffer:nextmsg(0)
				end]], buffer)
			for _, how in ipairs {"buffer", "reader"} do
				buffer:addmsg(long)
				check.fails("mtmsg.error.out_of_memory: a string of 10001 bytes is too long", taker.call, taker, how)
				check.equal(buffer:msgcnt(), how == "buffer" and 1 or 0)
				buffer:clear()
				buffer:addmsg("short")
				check.equal(select(how == "buffer" and 1 or 2, taker:call(how)), "short")
			end`)
		longStrings(t, target, edition, limit, backend.DefaultMaxString, `
			local function last(...) return (select(select("#", ...), ...)) end
			local function values(f)
				check.equal(last(f(most:byte(), #most)), most)
				for _, form in ipairs {"string", "list", "key", "deep"} do
					check.fails("mtstates.error.out_of_memory", f, most:byte(), #most + 1, form)
					check.fails("a string of 10001 bytes is too long", f, most:byte(), #most + 1, form)
				end
			end
			local code = [[
				local char, size, form = ...
				local made = string.char(char):rep(size)
				if form == "list" then made = {made}
				elseif form == "key" then made = {[made] = 1}
				elseif form == "deep" then made = {{a = {made}}} end]]
			local state = mtstates.newstate("return function(...) " .. code .. " return 1, made end")
			values(function(...) return state:call(...) end)
			values(function(...) return state:tcall(0, ...) end)
			values(function(...) return mtstates.newstate(nil, code .. " return print, made", ...) end)
			values(function(...) return llthreads2.new(code .. " return made", ...):start():join() end)
			check.fails("no room for the results in the caller: ", state.call, state, 1, #most + 1)
			check.equal(last(state:call(most:byte(), #most)), most)
			local sender = mtstates.newstate(nil, "local b = ... return function(size) b:addmsg(('m'):rep(size)) end", buffer)
			sender:call(#most + 1)
			check.fails("mtmsg.error.out_of_memory: a string of 10001 bytes is too long", buffer.nextmsg, buffer)
			check.equal(buffer:msgcnt(), 1)
			buffer:clear()
			sender:call(#most)
			check.equal(#buffer:nextmsg(0), #most)`)
	}
}}

// longStrings runs a script in a VM of its own with a limit on the size of strings. The states that it makes have another.
func longStrings(t *recorder, target Target, edition string, own, states int, script string) {
	h := hosttest.New(t, target.Callee, mtstates.WithEdition(edition), mtstates.WithMaxString(states))
	vm, err := target.Caller.NewVM(backend.Options{Open: target.Caller.Libraries(), MaxString: own})
	if err != nil {
		t.Fatal(err)
	}
	defer vm.Close()
	for _, module := range sharedModules {
		backend.Preload(vm, module.Name, func(vm backend.VM) int { return module.Open(h.States, vm) })
	}
	h.Preload(vm)
	push(t, vm, fmt.Sprintf(`
		local check, llthreads2, mtmsg, mtstates = require "check", require "llthreads2", require "mtmsg", require "mtstates"
		local buffer, most = mtmsg.newbuffer(), ("x"):rep(10000)
		local long = #most < %d and most .. "x"
		%s`, own, script))
}
