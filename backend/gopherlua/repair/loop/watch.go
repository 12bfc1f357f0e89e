package loop

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/layout"
	"github.com/mtstates/go-mtstates/backend/internal/debughook"
	"github.com/mtstates/go-mtstates/backend/internal/pace"
)

// Watch looks at the code that the coroutines of a VM run.
type Watch struct {
	// Interrupted raises an error when the coroutine l is to be interrupted. It is called while there is an interrupt.
	Interrupted func(l *lua.LState)
	// Sample hands the coroutine l to the sampler of the interrupt, if it has one.
	Sample func(l *lua.LState)
	// Budget has the limits of the VM, nil for none. It is set before the first run.
	Budget *backend.Budget
	// Exceeded raises the error of a limit that the coroutine l has exceeded.
	Exceeded func(l *lua.LState, err error)

	interrupt *backend.Interrupt
	pace      pace.Pace // of looks for it
	left      int       // instructions until the next look
	granted   int       // what left was at the last look
	loop      func(*lua.LState, *layout.Frame)

	hooks bool    // some coroutine has had a hook
	asked *hooked // the one that was found last
}

// SetInterrupt chooses what interrupts the VM, nil for nothing.
func (w *Watch) SetInterrupt(i *backend.Interrupt) {
	w.interrupt = i
	w.lookAtOnce()
}

// ran returns how many instructions have begun since this was asked last.
func (w *Watch) ran() int {
	n := w.granted - w.left
	w.granted = w.left
	w.Budget.Ran(n)
	w.interrupt.Ran(n)
	return n
}

// lookAtOnce lets the next instruction be looked at.
func (w *Watch) lookAtOnce() { w.left, w.granted = 0, w.granted-w.left }

// LookSoon lets an interrupt that is there stop the VM before its next instruction. w may be nil.
func (w *Watch) LookSoon() {
	if w != nil && w.interrupt.Pending() {
		w.lookAtOnce()
	}
}

// count counts the instructions that l has run.
func (w *Watch) count(l *lua.LState) {
	if n := w.ran(); w.hooks {
		w.hookOf(l).Ran(n)
	}
}

// look is called before an instruction when as many have run as were granted.
func (w *Watch) look(l *lua.LState) {
	w.left++ // the instruction has not begun
	w.count(l)
	if w.interrupt.Pending() {
		w.grant(1) // a loop around a protected call could be inside of the call each time, and never end
		w.Interrupted(l)
	}
	if err := w.Budget.Look(); err != nil {
		w.grant(1)
		w.Exceeded(l, err)
	}
	next := debughook.Never
	if w.hooks {
		next = w.instruction(l)
	}
	if w.interrupt != nil {
		w.Sample(l)
		next = min(next, w.pace.Next(), w.interrupt.Next())
	}
	w.grant(min(next, w.Budget.Next()))
}

// Begin starts a call that is not made inside of another one, in a VM with a budget.
func (w *Watch) Begin() {
	w.ran() // in the call before
	w.Budget.Begin()
	w.Budget.Hurry = w.lookAtOnce
	w.lookAtOnce()
	w.granted = 0
}

// grant lets so many instructions run until the next look, with the one that is about to run.
func (w *Watch) grant(n int) { w.left, w.granted = n-1, n }
