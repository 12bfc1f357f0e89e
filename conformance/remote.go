package conformance

import (
	"context"
	"sync"
	"sync/atomic"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/conformance/hosttest"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/modules"
)

// remoteCases concern states that a cluster finds. The transport does not matter to them; package cluster tests its own.
var remoteCases = []goCase{remoteCase, remoteReferenceCase, unreachableCase, noClusterCase}

// meeting is a cluster of registries in one process.
type meeting struct {
	mu     sync.Mutex
	states map[string]*mtstates.State
	cut    atomic.Bool // nobody reaches anybody
}

func (m *meeting) Find(_ context.Context, name string) (mtstates.Ref, error) {
	if m.cut.Load() {
		return nil, mtstates.ErrUnreachable.With("not run: cut off")
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.states[name] == nil {
		return nil, mtstates.ErrUnknownObject.With("state name \"" + name + "\"")
	}
	return &distant{m, m.states[name]}, nil
}

func (m *meeting) Share(_ context.Context, st *mtstates.State) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	name, _ := st.Name()
	if other := m.states[name]; other != nil && other != st {
		return mtstates.ErrObjectExists.With(name)
	}
	m.states[name] = st
	return nil
}

func (m *meeting) Forget(st *mtstates.State) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if name, _ := st.Name(); m.states[name] == st {
		delete(m.states, name)
	}
}

// distant is a state as others in a meeting have it.
type distant struct {
	meeting *meeting
	state   *mtstates.State
}

func (d *distant) Call(ctx context.Context, args ...any) (mtstates.Results, error) {
	if d.meeting.cut.Load() {
		return nil, mtstates.ErrUnreachable.With("may have run: cut off")
	}
	return d.state.Call(ctx, args...)
}

func (d *distant) TryCall(ctx context.Context, args ...any) (mtstates.Results, error) {
	return d.Call(ctx, args...)
}

func (d *distant) Name() (name string, ok bool) { return d.state.Name() }

func (d *distant) PushTo(vm backend.VM) { modules.PushRef(vm, d) }

func (d *distant) Object() any { return d }

// meet returns two hosts in a meeting, and VMs of the target's backends in them.
func meet(t *recorder, target Target, options ...mtstates.Option) (m *meeting, caller, callee backend.VM) {
	m = &meeting{states: map[string]*mtstates.State{}}
	var vms [2]backend.VM
	for i, b := range []backend.Backend{target.Caller, target.Callee} {
		h := hosttest.New(t, b, append(options, mtstates.WithModules(sharedModules...))...)
		if err := h.States.Join(m); err != nil {
			t.Fatal(err)
		}
		vm, err := h.States.NewVM(b, nil)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(vm.Close)
		vms[i] = vm
	}
	return m, vms[0], vms[1]
}

var remoteCase = goCase{"go/remote", []string{"state.remote", "call.remote", "share.found", "share.exists", "mtstates.state:share"}, func(t *recorder, target Target) {
	_, caller, callee := meet(t, target)
	push(t, callee, `
		local mtstates = require "mtstates"
		mtstates.newstate("echo", function() return function(...) return ... end end):share()
		mtstates.newstate("fails", function() return function(m) error(m, 0) end end):share()
		collectgarbage()`)
	push(t, caller, `
		local check, mtstates = require "check", require "mtstates"
		local echo = mtstates.state("echo")
		check.equal(mtstates.type(echo), "mtstates.state")
		check.equal(echo:name(), "echo")
		check.equal(echo:id(), nil)
		check.equal(select("#", echo:call()), 0)
		local one, t, none, s = echo:call(1, {a = {2}, self = echo}, nil, "\0\255")
		check.equal(one, 1) check.equal(t.a[1], 2) check.equal(none, nil) check.equal(s, "\0\255")
		check.equal(t.self:call("again"), "again")
		for _, method in ipairs {"close", "interrupt", "share"} do
			local ok, err = pcall(echo[method], echo)
			check.equal(ok, false)
			check.equal(tostring(err):match("state belongs to another process$"), "state belongs to another process")
		end
		local err = check.fails(mtstates.error.invoking_state, function() mtstates.state("fails"):call("why") end)
		check.equal(err:details():match(": why$"), ": why")
		local _, sections = err:traceback():gsub("stack traceback:", "")
		check.equal(sections, 2)
		check.fails(mtstates.error.unknown_object, mtstates.state, "nobody")
		-- a handle crosses into a state that has not required the module
		local other = mtstates.newstate(function() return function(s) return s:call("inside"), s end end)
		local text, handle = other:call(echo)
		check.equal(text, "inside") check.equal(handle:name(), "echo")
		-- one of this process comes first
		local mine = mtstates.newstate("echo", function() return function() return "mine" end end)
		check.equal(mtstates.state("echo"):call(), "mine")
		check.fails(mtstates.error.object_exists, mine.share, mine)
		mine:close()
		check.equal(mtstates.state("echo"):call("theirs"), "theirs")`)
}}

// remoteReferenceCase is remoteCase in edition 0.4, where handles of a look-up do not own their state and errors are strings.
var remoteReferenceCase = goCase{"go/remote/0.4", []string{"state.remote", "call.remote", "share.found", "share.exists"}, func(t *recorder, target Target) {
	_, caller, callee := meet(t, target, mtstates.WithEdition("0.4"))
	push(t, callee, `
		local mtstates = require "mtstates"
		mtstates.newstate("echo", function() return function(...) return ... end end):share()
		mtstates.newstate("fails", function() return function(m) error(m, 0) end end):share()
		mtstates.newstate("calls", function() return function(s, ...) return s:call(...) end end):share()
		collectgarbage()`)
	push(t, caller, `
		local check, mtstates, mtmsg = require "check", require "mtstates", require "mtmsg"
		local echo = mtstates.state("echo")
		check.equal(mtstates.type(echo), "mtstates.state")
		check.equal(echo:name(), "echo")
		check.equal(echo:id(), nil)
		check.equal(echo:isowner(), false)
		-- handles in tables, in keys as well, through calls, messages and states of this process
		local sent = {by = {name = {echo}}, [echo] = "key"}
		sent.self = sent
		local back = echo:call(sent)
		check.equal(back.self, back)
		check.equal(back.by.name[1]:call("again"), "again")
		for key, value in pairs(back) do
			if value == "key" then check.equal(key:call("from a key"), "from a key") end
		end
		local buffer = mtmsg.newbuffer()
		buffer:addmsg(sent, echo)
		local message, handle = buffer:nextmsg(0)
		check.equal(handle:call("message"), "message")
		check.equal(message.by.name[1]:call("message"), "message")
		local inner = mtstates.newstate(nil, function() return function(t) return t.by.name[1]:call("inside"), t end end)
		local text, same = inner:call(sent)
		check.equal(text, "inside")
		check.equal(same.by.name[1]:isowner(), false)
		-- the other process calls a state that it has as well, by a handle from here
		check.equal(mtstates.state("calls"):call(echo, "there"), "there")
		for _, method in ipairs {"close", "interrupt", "share"} do
			check.contains(check.fails("", echo[method], echo), "state belongs to another process")
		end
		check.contains(check.fails("", echo.tcall, echo, 1), "state belongs to another process")
		local err = check.fails(mtstates.error.invoking_state, function() mtstates.state("fails"):call("why") end)
		check.equal(type(err), "string")
		check.equal(err:match("^[^\n]*: why\n") ~= nil, true)
		check.equal(select(2, err:gsub("stack traceback:", "")), 2)
		check.fails(mtstates.error.unknown_object, mtstates.state, "nobody")
		-- states of this process with the name come first
		local mine = mtstates.newstate("echo", function() return function() return "mine" end end)
		check.equal(mtstates.state("echo"):call(), "mine")
		check.fails("mtstates.error.object_exists", mine.share, mine)
		local second = mtstates.newstate("echo", function() return function() return "second" end end)
		check.fails(mtstates.error.ambiguous_name, mtstates.state, "echo")
		mine:close()
		second:close()
		check.equal(mtstates.state("echo"):call("theirs"), "theirs")`)
}}

var unreachableCase = goCase{"go/unreachable", []string{"mtstates.error.unreachable"}, func(t *recorder, target Target) {
	m, caller, callee := meet(t, target)
	push(t, callee, `require("mtstates").newstate("s", "return print"):share()`)
	push(t, caller, `s = require("mtstates").state("s")`)
	m.cut.Store(true)
	push(t, caller, `
		local check, mtstates = require "check", require "mtstates"
		local err = check.fails(mtstates.error.unreachable, s.call, s)
		check.equal(err:details(), "may have run: cut off")
		err = check.fails(mtstates.error.unreachable, mtstates.state, "s")
		check.equal(err:details(), "not run: cut off")`)
}}

var noClusterCase = goCase{"go/noCluster", []string{"share.refused"}, func(t *recorder, target Target) {
	h := hosttest.New(t, target.Caller, mtstates.WithModules(sharedModules...))
	alone, err := h.States.NewVM(target.Caller, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer alone.Close()
	_, caller, _ := meet(t, target)
	for vm, want := range map[backend.VM]string{alone: "joined no cluster", caller: "state without a name"} {
		vm.PushGlobalTable()
		vm.PushString(want)
		vm.RawSetField(-2, "want")
		vm.SetTop(0)
		push(t, vm, `
			local check, mtstates = require "check", require "mtstates"
			local name = "s"
			if want:find("name") then name = nil end
			local s = mtstates.newstate(name, "return print")
			local ok, err = pcall(s.share, s)
			check.equal(ok, false)
			check.equal(tostring(err):match(want), want)`)
	}
}}
