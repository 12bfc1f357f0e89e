package mtmsg_test

import (
	"fmt"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/conformance/backends"
	"github.com/mtstates/go-mtstates/conformance/hosttest"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/mtmsg"
)

// TestNotifierChain has each of many states add a message that notifies the next one. The callbacks must not all be
// inside of each other.
func TestNotifierChain(t *testing.T) {
	const states = 1500
	for _, vm := range backends.All() {
		t.Run(vm.Name(), func(t *testing.T) { runChain(t, vm, states) })
	}
}

func runChain(t *testing.T, vm backend.Backend, states int) {
	h := hosttest.New(t, vm, mtstates.WithNotifyErrors(func(err error) { t.Error(err) }))
	last := h.Buffers.NewBuffer()
	first := last
	for range states {
		id := fmt.Sprintf("local next = require 'mtmsg'.buffer(%d)", first.ID())
		state, _, err := h.States.NewState(t.Context(), id+" return function() next:addmsg('on') end")
		if err != nil {
			t.Fatal(err)
		}
		runtime.KeepAlive(first) // the state has it now
		first = h.Buffers.NewBuffer()
		if err := first.SetNotifier(state, mtmsg.Condition{}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := first.Add("start"); err != nil {
		t.Fatal(err)
	}
	if values, err := last.Next(t.Context()); err != nil || values[0] != "on" {
		t.Errorf("the last buffer gets %v, %v", values, err)
	}
}

// TestNotifierGroups has groups of states that call each other, and the last of each notify the next group: calls and
// notifications count together for how many states are inside of each other, whatever makes a group notify.
func TestNotifierGroups(t *testing.T) {
	for _, vm := range backends.All() {
		for name, notify := range map[string]string{
			"addmsg":          "next:addmsg('on')",
			"setmsg":          "next:setmsg('on')",
			"writer":          "local w = mtmsg.newwriter() w:add('on') w:addmsg(next)",
			"nextmsg":         "next:nextmsg()",
			"reader":          "mtmsg.newreader():nextmsg(next)",
			"clear":           "next:clear()",
			"listener clear":  "listener:clear()",
			"in a coroutine":  "(coroutine and coroutine.wrap or function(f) return f end)(function() next:addmsg('on') end)()",
			"buffers between": "between:addmsg()",
		} {
			t.Run(vm.Name()+"/"+name, func(t *testing.T) { runGroups(t, vm, notify) })
		}
	}
}

func runGroups(t *testing.T, vm backend.Backend, notify string) {
	const groups, states, atMost = 4, 60, 100
	var deepest atomic.Int64
	module := mtstates.Module{Name: "measure", Open: func(_ *mtstates.Registry, s backend.VM) int {
		s.PushFunction(func(backend.VM) int {
			n := statesInside()
			for old := deepest.Load(); n > old && !deepest.CompareAndSwap(old, n); old = deepest.Load() {
			}
			return 0
		})
		return 1
	}}
	h := hosttest.New(t, vm, mtstates.WithModules(module), mtstates.WithNotifyErrors(func(err error) { t.Error(err) }))
	end := h.Buffers.NewBuffer()
	then := fmt.Sprintf("local b = require('mtmsg').buffer(%d) return function() require('measure')() b:addmsg('end') end", end.ID())
	var first *mtstates.State
	var kept []any
	for range groups {
		for range states {
			var err error
			if first, _, err = h.States.NewState(t.Context(), then); err != nil {
				t.Fatal(err)
			}
			kept = append(kept, first)
			then = fmt.Sprintf("local s = require('mtstates').state(%d) return function() s:call() end", first.ID())
		}
		listener := h.Buffers.NewListener()
		next, err := listener.NewBuffer()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := next.Add("message"); err != nil {
			t.Fatal(err)
		}
		between := h.Buffers.NewBuffer()
		var when mtmsg.Condition
		if strings.Contains(notify, "nextmsg") || strings.Contains(notify, "clear") {
			when = mtmsg.Condition{Below: true, Threshold: 1}
		}
		if err := next.SetNotifier(first, when); err != nil {
			t.Fatal(err)
		}
		if err := between.SetNotifier(next, mtmsg.Condition{}); err != nil {
			t.Fatal(err)
		}
		kept = append(kept, listener, next, between)
		then = fmt.Sprintf(`
			local mtmsg, measure = require "mtmsg", require "measure"
			local next, listener, between = mtmsg.buffer(%d), mtmsg.listener(%d), mtmsg.buffer(%d)
			return function() measure(); %s end`, next.ID(), listener.ID(), between.ID(), notify)
	}
	if _, err := first.Call(t.Context()); err != nil {
		t.Fatal(err)
	}
	if values, err := end.Next(t.Context()); err != nil || values[0] != "end" {
		t.Errorf("the last buffer gets %v, %v", values, err)
	}
	if n := deepest.Load(); n > atMost || n < states {
		t.Errorf("%d states are inside of each other, want at most %d", n, atMost)
	}
	runtime.KeepAlive(kept)
}

// statesInside counts the states whose callbacks are inside of each other in this goroutine.
func statesInside() (n int64) {
	pcs := make([]uintptr, 1<<16)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(0, pcs)])
	for {
		frame, more := frames.Next()
		if strings.HasSuffix(frame.Function, ".(*State).protected") || strings.HasSuffix(frame.Function, ".(*State).attempt") {
			n++
		}
		if !more {
			return n
		}
	}
}
