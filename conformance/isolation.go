package conformance

import (
	"context"
	"runtime"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/conformance/hosttest"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/host"
	"github.com/mtstates/go-mtstates/mtstates/mtmsg"
)

// isolatedCase looks for the objects of others in an isolated state, in a state and in a thread that it makes, and the other
// way round.
var isolatedCase = goCase{"go/isolated", []string{"newstate.isolated_lookup"}, func(t *recorder, target Target) {
	ctx := context.Background()
	h := hosttest.New(t, target.Callee, mtstates.WithModules(sharedModules...))
	outer, _, err := h.States.NewState(ctx, "return function() return 'outer' end", mtstates.Named("outer"))
	if err != nil {
		t.Fatal(err)
	}
	buffer, listener := h.Buffers.NewBuffer(mtmsg.Named("outer")), h.Buffers.NewListener(mtmsg.Named("outer"))
	inner, _, err := h.States.NewState(ctx, isolatedSetup, mtstates.Named("inner"), mtstates.Isolated())
	if err != nil {
		t.Fatal(err)
	}
	out, err := inner.Call(ctx, outer.ID(), buffer.ID(), listener.ID(), outer, buffer)
	if err != nil {
		t.Fatal(err)
	}
	var made struct{ State, Buffer int64 }
	if err := out.Scan(&made.State, &made.Buffer); err != nil {
		t.Fatal(err)
	}
	if found, err := h.States.StateByName("outer"); err != nil || found != outer {
		t.Errorf("outside the name finds %v, %v", found, err)
	}
	if _, err := h.States.StateByID(made.State); err != nil {
		t.Errorf("Go does not find a state of an isolated one: %v", err)
	}
	if aborted, err := buffer.Aborted(); aborted || err != nil {
		t.Errorf("a buffer of others: aborted %t, %v", aborted, err)
	}
	names := map[string]int{}
	for b := range h.Buffers.Buffers() {
		name, _ := b.Name()
		names[name]++
	}
	equal(t, names["outer"], 2)
	equal(t, names["made"], 1)
	vm, err := h.States.NewVM(target.Caller, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer vm.Close()
	push(t, vm, `
		local check, mtstates, mtmsg = require "check", require "mtstates", require "mtmsg"
		function hidden(state, buffer)
			check.fails(mtstates.error.unknown_object, mtstates.state, state)
			check.fails(mtstates.error.unknown_object, mtstates.state, "made")
			check.fails(mtmsg.error.unknown_object, mtmsg.buffer, buffer)
			check.fails(mtmsg.error.unknown_object, mtmsg.buffer, "made")
			check.equal(mtstates.state("inner"):name(), "inner")
		end
		return hidden`)
	vm.PushNumber(float64(made.State))
	vm.PushNumber(float64(made.Buffer))
	if f := vm.PCall(2, 0); f != nil {
		t.Fatal(host.ErrorText(vm, f))
	}
	equal(t, h.Buffers.Aborted(), false)
	listener.Close()
	runtime.KeepAlive([]any{inner, outer, buffer}) // what nothing refers to is not found
}}

const isolatedSetup = `
	local check, mtstates, mtmsg = require "check", require "mtstates", require "mtmsg"
	local unseen = [[
		local state, buffer, listener = ...
		local mtstates, mtmsg = require "mtstates", require "mtmsg"
		local function refused(want, f, id)
			local ok, err = pcall(f, id)
			if ok or tostring(err):find(want, 1, true) ~= 1 then error(("%s: %s"):format(id, tostring(err)), 0) end
		end
		refused("mtstates.error.unknown_object", mtstates.state, state)
		refused("mtstates.error.unknown_object", mtstates.state, "inner")
		refused("mtmsg.error.unknown_object", mtmsg.buffer, buffer)
		refused("mtmsg.error.unknown_object", mtmsg.listener, listener)
		refused("mtmsg.error.unknown_object", mtmsg.listener, "outer")
		return mtstates.state("made"):name() .. mtmsg.buffer("made"):name()
	]]
	local state, buffer, again
	return function(stateid, bufferid, listenerid, given, sink)
		check.fails(mtstates.error.unknown_object, mtstates.state, "outer")
		check.fails(mtmsg.error.unknown_object, mtmsg.buffer, "outer")
		state = mtstates.newstate("made", "return function() return 'made' end")
		buffer = mtmsg.newbuffer("made")
		-- The names of others are free, and find what is made here.
		local named = mtstates.newstate("outer", "return function() return 'own' end")
		local own = mtmsg.newbuffer("outer")
		check.equal(mtstates.state("outer"):call(), "own")
		check.equal(mtmsg.buffer("outer"):id(), own:id())
		own:close()
		again = mtmsg.newbuffer("outer")
		check.equal(mtstates.state(state:id()):call(), "made")
		-- The same holds in what is made here.
		check.equal((loadstring or load)(unseen)(stateid, bufferid, listenerid), "mademade")
		local other = mtstates.newstate("return function(code, ...) return (loadstring or load)(code)(...) end")
		check.equal(other:call(unseen, stateid, bufferid, listenerid), "mademade")
		local ok, names = require("llthreads2").new(unseen, stateid, bufferid, listenerid):start():join()
		check.equal(names, "mademade")
		-- What was given works.
		check.equal(given:call(), "outer")
		check.equal(sink:addmsg("from inside"), true)
		-- Only the own buffers are aborted.
		mtmsg.abort(true)
		check.fails(mtmsg.error.operation_aborted, buffer.nextmsg, buffer, 0)
		check.equal(sink:nextmsg(0), "from inside")
		mtmsg.abort(false)
		other:close()
		return state:id(), buffer:id()
	end`

// allIsolatedCase gives each state and VM of an isolated registry a realm of its own.
var allIsolatedCase = goCase{"go/isolated_registry", []string{"newstate.isolated_lookup"}, func(t *recorder, target Target) {
	ctx := context.Background()
	h := hosttest.New(t, target.Callee, mtstates.Isolated())
	if _, _, err := h.States.NewState(ctx, "return print", mtstates.Named("a"), mtstates.Kept()); err != nil {
		t.Fatal(err)
	}
	b, _, err := h.States.NewState(ctx, "local mtstates = require 'mtstates' return function() return pcall(mtstates.state, 'a') end")
	if err != nil {
		t.Fatal(err)
	}
	if out, err := b.Call(ctx); err != nil || out[0] != false {
		t.Errorf("a state finds another one: %v, %v", out, err)
	}
	for range 2 { // the second VM does not find the name either, and may use it
		vm, err := h.States.NewVM(target.Caller, nil)
		if err != nil {
			t.Fatal(err)
		}
		defer vm.Close()
		push(t, vm, `
			local mtstates = require "mtstates"
			assert(not pcall(mtstates.state, "a"))
			kept = mtstates.newstate("a", "return function() end")
			assert(mtstates.state("a"):id() == kept:id())`)
	}
}}

// inheritedLimitCase makes states and threads in a state with limits of its own.
var inheritedLimitCase = capableCase{goCase{"go/limit_inherited", []string{"limit.instructions"}, func(t *recorder, target Target) {
	ctx := context.Background()
	h := hosttest.New(t, target.Callee, mtstates.WithModules(sharedModules...))
	st, _, err := h.States.NewState(ctx, `
		local check, mtstates, threads = require "check", require "mtstates", require "llthreads2"
		local loop = "while true do end"
		return function()
			local state = mtstates.newstate("return function() " .. loop .. " end")
			check.fails(mtstates.error.interrupted, state.call, state)
			check.fails(mtstates.error.interrupted, mtstates.newstate, loop)
			check.equal((threads.new(loop):start():join()), false)
			check.equal((threads.new("require('mtstates').newstate('" .. loop .. "')"):start():join()), false)
			return "ended"
		end`, mtstates.WithMaxInstructions(100_000))
	if err != nil {
		t.Fatal(err)
	}
	if out, err := st.Call(ctx); err != nil || out[0] != "ended" {
		t.Errorf("got %v, %v", out, err)
	}
}}, []backend.Capability{backend.CapLimits}}
