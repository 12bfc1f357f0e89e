package backend

import (
	"sync"
	"testing"
)

func TestForeground(t *testing.T) {
	var f Foreground
	vm, a, b, other := f.Interrupt(), &Interrupt{}, &Interrupt{}, &Interrupt{}
	if other.Enter(a) || (*Interrupt)(nil).Enter(a) || vm.Enter(nil) {
		t.Error("something enters that is not in the foreground")
	}
	f.Raise("first")
	if !vm.Pending() || vm.Message() != "first" || !vm.Take() || !vm.Caused("x:1: first") || vm.Caused(InterruptedMessage) {
		t.Error("the VM is not interrupted")
	}
	f.Raise("second") // is not noticed before the VM calls a
	if !vm.Enter(a) || vm.Pending() || !a.Pending() || a.Message() != "second" {
		t.Error("a does not get the interrupt of its caller")
	}
	a.Take()
	if !a.Enter(b) {
		t.Error("a calls b, but does not enter it")
	}
	f.Raise("third") // is too late for b, and for a
	if a.Pending() || !b.Pending() {
		t.Error("b runs, but is not interrupted")
	}
	a.Leave(b)
	vm.Leave(a)
	if a.Pending() || b.Pending() || !vm.Take() || vm.Message() != "third" {
		t.Error("the interrupt does not come back to the VM")
	}
	var another Foreground
	if vm.Enter(a); another.Interrupt().Enter(a) {
		t.Error("a is in two foregrounds")
	}
	if !a.Enter(b) || !b.Enter(a) { // a calls itself through b
		t.Error("a is not entered again")
	}
	if f.Raise("fourth"); !a.Take() || b.Pending() {
		t.Error("the inner call of a is not interrupted")
	}
	b.Leave(a)
	a.Leave(b)
	if f.Raise("fifth"); !a.Take() || vm.Pending() {
		t.Error("the outer call of a is not interrupted")
	}
	vm.Leave(a)
	vm.Enter(a)
	a.Set(InterruptOnce) // is meant for a
	vm.Leave(a)
	if vm.Pending() || !a.Take() || a.Message() != InterruptedMessage {
		t.Error("another interrupt of a goes to its caller")
	}
}

// Set stops the VM and the states that it calls.
func TestForegroundSet(t *testing.T) {
	var f Foreground
	vm, a, b := f.Interrupt(), &Interrupt{}, &Interrupt{}
	vm.Enter(a)
	a.Enter(b)
	f.Set(InterruptOnce)
	if vm.Pending() || a.Pending() || !b.Take() || b.Take() || !b.Caused(InterruptedMessage) {
		t.Error("once is not for what runs alone")
	}
	f.Set(InterruptAlways)
	for range 2 {
		for _, i := range []*Interrupt{vm, a, b} {
			if !i.Take() || i.Message() != InterruptedMessage {
				t.Error("always does not stop all")
			}
		}
	}
	b.Set(InterruptReset)
	if !b.Pending() {
		t.Error("an interrupt of the state itself takes back that of the thread")
	}
	a.Leave(b)
	if b.Pending() || !a.Pending() {
		t.Error("always does not end with the call")
	}
	if a.Enter(b); !b.Take() {
		t.Error("always does not stop what is called later")
	}
	f.Set(InterruptReset)
	if vm.Pending() || a.Pending() || b.Pending() {
		t.Error("always is not taken back")
	}
	f.Set(InterruptOnce)
	f.Set(InterruptReset)
	if b.Pending() {
		t.Error("once is not taken back")
	}
	b.Set(InterruptAlways)
	f.Set(InterruptOnce)
	f.Set(InterruptReset)
	if a.Leave(b); !b.Pending() || a.Pending() {
		t.Error("an interrupt that is meant for the state does not stay there")
	}
}

// While a thread calls states, each interrupt is taken once, by any of them.
func TestForegroundRace(t *testing.T) {
	var f Foreground
	const times = 1000
	raised, taken := make(chan struct{}), make(chan struct{})
	var all sync.WaitGroup
	all.Go(func() {
		for range times {
			f.Raise("stop")
			raised <- struct{}{}
			<-taken
		}
		close(raised)
	})
	vm, a, b := f.Interrupt(), &Interrupt{}, &Interrupt{}
	count, waiting := 0, false
	take := func(i *Interrupt) {
		if i.Take() {
			count++
		}
	}
	for open := true; open; {
		vm.Enter(a)
		a.Enter(b)
		take(b)
		a.Leave(b)
		take(a)
		vm.Leave(a)
		take(vm)
		if !waiting {
			select {
			case _, open = <-raised:
				waiting = open
			default:
			}
		}
		if waiting && count > 0 {
			if count > 1 || a.Pending() || b.Pending() || vm.Pending() {
				t.Fatalf("%d interrupts are taken instead of one", count)
			}
			count, waiting = 0, false
			taken <- struct{}{}
		}
	}
	all.Wait()
}
