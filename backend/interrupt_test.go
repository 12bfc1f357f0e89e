package backend

import (
	"sync"
	"testing"
)

func closed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

func TestInterruptModes(t *testing.T) {
	var i Interrupt
	if i.Pending() || i.Take() || closed(i.Done()) || i.Caused(InterruptedMessage) {
		t.Error("a new interrupt is set")
	}
	before := i.Done()
	i.Set(InterruptOnce)
	if !i.Pending() || !closed(before) || !closed(i.Done()) {
		t.Error("once: it is not seen")
	}
	if !i.Take() || i.Take() || i.Pending() || closed(i.Done()) || !closed(before) {
		t.Error("once: Take does not use it up")
	}
	if !i.Caused(InterruptedMessage) || !i.Caused("file.lua:1: interrupted") || i.Caused("another text") {
		t.Error("once: the cause is not told")
	}
	i.Set(InterruptAlways)
	for range 2 {
		if !i.Take() || !closed(i.Done()) {
			t.Error("always: it does not last")
		}
	}
	i.Set(InterruptReset)
	if i.Take() || closed(i.Done()) {
		t.Error("reset: it is still set")
	}
}

func TestInterruptFlag(t *testing.T) {
	if InterruptFlag(false, false) != InterruptOnce || InterruptFlag(true, true) != InterruptAlways || InterruptFlag(false, true) != InterruptReset {
		t.Error("the flag has another meaning")
	}
}

// A state that cannot be interrupted has a nil Interrupt, which waits ask all the same.
func TestNilInterrupt(t *testing.T) {
	var i *Interrupt
	if i.Pending() || i.Take() || i.Done() != nil || i.Caused(InterruptedMessage) {
		t.Error("a nil interrupt is set")
	}
}

// Each interrupt once is taken at most one time, and the last one is not lost.
func TestInterruptConcurrent(t *testing.T) {
	var i Interrupt
	const rounds = 1000
	taken := 0
	var group sync.WaitGroup
	group.Go(func() {
		for range rounds {
			i.Set(InterruptOnce)
		}
	})
	for !i.Pending() {
		<-i.Done()
	}
	for range rounds {
		if i.Take() {
			taken++
		}
	}
	group.Wait()
	if i.Take() {
		taken++
	}
	if taken < 1 || taken > rounds || i.Pending() {
		t.Errorf("%d of %d interrupts were taken", taken, rounds)
	}
}
