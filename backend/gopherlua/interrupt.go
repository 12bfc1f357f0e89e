package gopherlua

import (
	"time"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/loop"
)

// interruptContext makes the VM check for an interrupt before each instruction, if it does not run in the loop of
// package loop: the VM asks the context of an LState for its channel there. The channel never exists; the request
// raises the error. The VM only sees a context that was set before the run, and each coroutine needs its own.
type interruptContext struct {
	interrupt *backend.Interrupt
	l         *lua.LState
}

func (c *interruptContext) Done() <-chan struct{} {
	if c.interrupt.Pending() {
		raiseInterrupt(c.l, c.interrupt)
	}
	return nil
}

func (*interruptContext) Deadline() (deadline time.Time, ok bool) { return }
func (*interruptContext) Err() error                              { return nil }
func (*interruptContext) Value(any) any                           { return nil }

// watch lets i, if it is not nil, stop what will run in l, a new state.
func watch(l *lua.LState, d *vmdata, i *backend.Interrupt) {
	switch {
	case loop.Repair.On():
		d.watch = &loop.Watch{Interrupt: i, Interrupted: func(l *lua.LState) { raiseInterrupt(l, i) }}
		loop.Install(l, d.watch)
	case i != nil:
		l.SetContext(&interruptContext{i, l})
	}
}

func raiseInterrupt(l *lua.LState, i *backend.Interrupt) {
	if i.Take() {
		raiseValue(l, lua.LString(backend.InterruptedMessage))
	}
}

func isInterrupt(l *lua.LState, object lua.LValue) bool {
	text, ok := object.(lua.LString)
	return ok && envOf(l).Interrupt.Caused(string(text))
}

// adopt lets a new coroutine of l be stopped in the same way as l. The VM has given it a context that nothing ends.
func adopt(l, thread *lua.LState) {
	if dataOf(l).watch != nil {
		loop.Share(l, thread)
	} else if i := envOf(l).Interrupt; i != nil {
		thread.SetContext(&interruptContext{i, thread})
	}
}
