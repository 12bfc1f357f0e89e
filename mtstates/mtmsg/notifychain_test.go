package mtmsg_test

import (
	"fmt"
	"runtime"
	"testing"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/selected"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/host"
	"github.com/mtstates/go-mtstates/mtstates/mtmsg"
)

// TestNotifierChain has each of many states add a message that notifies the next one. The callbacks must not all be
// inside of each other.
func TestNotifierChain(t *testing.T) {
	const states = 1500
	for _, vm := range selected.All() {
		t.Run(vm.Name(), func(t *testing.T) { runChain(t, vm, states) })
	}
}

func runChain(t *testing.T, vm backend.Backend, states int) {
	h := host.New(vm, mtstates.WithNotifyErrors(func(err error) { t.Error(err) }))
	last := h.Buffers.NewBuffer()
	first := last
	for range states {
		id := fmt.Sprintf("local next = require 'mtmsg'.buffer(%d)", first.ID())
		state, _, err := h.States.NewState(id + " return function() next:addmsg('on') end")
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
