package conformance

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/conformance/hosttest"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/modules"
)

var waitingCases = []goCase{waitsCase, deadlockCase, contextCase}

// waitsCase lets calls wait for a state that another call uses.
var waitsCase = goCase{"go/waits", []string{"call.linearizable"}, func(t *recorder, target Target) {
	const calls = 8
	entered, leave := make(chan bool), make(chan bool)
	gate := mtstates.Module{Name: "gate", Open: func(_ *mtstates.Registry, s backend.VM) int {
		s.PushFunction(func(backend.VM) int {
			entered <- true
			<-leave
			return 0
		})
		return 1
	}}
	st, _, err := hosttest.Registry(t, target.Callee, mtstates.WithModules(gate)).NewState(context.Background(), `
		local gate, order = require "gate", {}
		return function(n)
			if n == 0 then gate() end
			order[#order + 1] = n
			return table.concat(order, " ")
		end`)
	if err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for i := range calls {
		group.Go(func() {
			if _, err := st.Call(context.Background(), i); err != nil {
				t.Error(err)
			}
		})
		if i == 0 {
			<-entered
		}
		for st.Waiting() != i {
			runtime.Gosched()
		}
	}
	close(leave)
	group.Wait()
	got, err := st.Call(context.Background(), calls)
	equal(t, fmt.Sprint(got, err), "[0 1 2 3 4 5 6 7 8] <nil>")
}}

// deadlockCase has two states whose Go functions call each other at the same time, and one that calls itself.
var deadlockCase = goCase{"go/deadlock", []string{"mtstates.error.deadlock"}, func(t *recorder, target Target) {
	var states *mtstates.Registry
	var both sync.WaitGroup
	both.Add(2)
	calling := mtstates.Module{Name: "calling", Open: func(_ *mtstates.Registry, s backend.VM) int {
		s.PushFunction(func(s backend.VM) int {
			if s.ToBoolean(2) {
				both.Done()
				both.Wait()
			}
			name, _ := s.ToString(1)
			st, err := states.StateByName(name)
			if err == nil {
				_, err = st.Call(s.Env().Context(), true)
			}
			if err != nil {
				return modules.Raise(s, err)
			}
			return 0
		})
		return 1
	}}
	states = hosttest.Registry(t, target.Callee, mtstates.WithModules(calling))
	newState := func(name, next string, meet bool) *mtstates.State {
		st, _, err := states.NewState(context.Background(), fmt.Sprintf(
			"local call = require 'calling' return function(last) if not last then call(%q, %v) end end", next, meet), mtstates.Named(name))
		if err != nil {
			t.Fatal(err)
		}
		return st
	}
	a, b, self := newState("a", "b", true), newState("b", "a", true), newState("self", "self", false)
	var group sync.WaitGroup
	var errs [2]error
	for i, st := range []*mtstates.State{a, b} {
		group.Go(func() { _, errs[i] = st.Call(context.Background()) })
	}
	group.Wait()
	err := errors.Join(errs[:]...)
	equal(t, errors.Is(err, mtstates.ErrDeadlock), true)
	equal(t, errs[0] == nil || errs[1] == nil, true) // the other one goes on
	equal(t, err != nil && strings.Contains(err.Error(), fmt.Sprintf(`(name="a",id=%d) waits for mtstates.state(name="b",id=%d)`, a.ID(), b.ID())), true)
	_, err = self.Call(context.Background())
	equal(t, errors.Is(err, mtstates.ErrDeadlock), true)
	_, err = self.Call(context.Background(), true)
	equal(t, err, nil)
}}

// contextCase ends calls by their context: in a state, in one that it calls, and while a module waits.
var contextCase = goCase{"go/context", []string{"mtstates.error.interrupted"}, func(t *recorder, target Target) {
	var cancel context.CancelFunc
	canceling := mtstates.Module{Name: "cancel", Open: func(_ *mtstates.Registry, s backend.VM) int {
		s.PushFunction(func(backend.VM) int {
			cancel()
			return 0
		})
		return 1
	}}
	h := hosttest.New(t, target.Callee, mtstates.WithModules(canceling))
	for name, body := range map[string]string{
		"loop":   "while true do pcall(function() while true do end end) end",
		"nested": "inner:call()",
		"wait":   "require('mtmsg').newbuffer():nextmsg()",
		"sleep":  "while true do pcall(require('mtmsg').sleep, 3600) end",
		"join":   "while true do pcall(thread.join, thread) end",
	} {
		st, _, err := h.States.NewState(context.Background(), `
			local cancel = require "cancel"
			local inner = require("mtstates").newstate("return function() while true do end end")
			local buffer = require("mtmsg").newbuffer()
			local thread = require("llthreads2").new("require('mtmsg').buffer(...):nextmsg()", buffer:id()):start(true, true)
			return function(innocent)
				if innocent then buffer:addmsg() return "works" end
				cancel()
				`+body+`
			end`)
		if err != nil {
			t.Fatal(err)
		}
		ctx, end := context.WithCancel(context.Background())
		cancel = end
		_, err = st.Call(ctx)
		end()
		if !errors.Is(err, mtstates.ErrInterrupted) || !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", name, err)
		}
		results, err := st.Call(context.Background(), true)
		equal(t, fmt.Sprint(results, err), "[works] <nil>")
	}
}}
