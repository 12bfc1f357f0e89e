package conformance

import (
	"fmt"
	"runtime"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/conformance/hosttest"
)

// fairnessCase lets scripts wait in a buffer, one after the other, and then sends them messages.
var fairnessCase = goCase{"go/fairness", []string{"buffer.fair"}, func(t *recorder, target Target) {
	const waiting = 4
	h := hosttest.New(t, target.Callee)
	b := h.Buffers.NewBuffer()
	got := make([]chan string, waiting)
	for i := range got {
		got[i] = make(chan string, 1)
		vm, err := h.States.NewVM(target.Caller, nil)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(vm.Close)
		push(t, vm, "return function(id) return require('mtmsg').buffer(id):nextmsg() end")
		vm.PushNumber(float64(b.ID()))
		go func() { got[i] <- waitFor(vm) }()
		for b.Waiting() <= i {
			runtime.Gosched()
		}
	}
	for i := range got {
		if _, err := b.Add(i); err != nil {
			t.Fatal(err)
		}
	}
	for i := range got {
		equal(t, <-got[i], fmt.Sprint(i))
	}
}}

// waitFor calls the function on the stack with its one argument and returns its result as text.
func waitFor(vm backend.VM) string {
	vm.PCall(1, 1)
	return text(vm, -1)
}
