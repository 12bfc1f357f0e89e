package gopherlua

import (
	"time"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
)

// interruptContext makes the VM look for an interrupt before each instruction: the VM asks the context of an LState for
// its channel there. The channel never exists; asking is what raises the error. The VM sees a context only when it was
// set before the run, and each coroutine needs one of its own.
type interruptContext struct {
	interrupt *backend.Interrupt
	l         *lua.LState
}

func (c *interruptContext) Done() <-chan struct{} {
	if c.interrupt.Pending() {
		c.raise()
	}
	return nil
}

func (c *interruptContext) raise() {
	if c.interrupt.Take() {
		raiseValue(c.l, lua.LString(backend.InterruptedMessage))
	}
}

func (*interruptContext) Deadline() (deadline time.Time, ok bool) { return }
func (*interruptContext) Err() error                              { return nil }
func (*interruptContext) Value(any) any                           { return nil }

// makeInterruptible lets i stop what will run in l.
func makeInterruptible(l *lua.LState, i *backend.Interrupt) {
	l.SetContext(&interruptContext{i, l})
}

func isInterrupt(l *lua.LState, object lua.LValue) bool {
	text, ok := object.(lua.LString)
	return ok && envOf(l).Interrupt.Caused(string(text))
}

// adopt gives a new coroutine of l the interrupt of l; the VM has given it a context that nothing ends.
func adopt(l, thread *lua.LState) {
	if i := envOf(l).Interrupt; i != nil {
		makeInterruptible(thread, i)
	}
}
