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
var remoteCases = []goCase{remoteCase, unreachableCase, noClusterCase}

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
func meet(t *recorder, target Target) (m *meeting, caller, callee backend.VM) {
	m = &meeting{states: map[string]*mtstates.State{}}
	var vms [2]backend.VM
	for i, b := range []backend.Backend{target.Caller, target.Callee} {
		h := hosttest.New(t, b, mtstates.WithModules(sharedModules...))
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
