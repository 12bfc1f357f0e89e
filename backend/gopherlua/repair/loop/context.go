package loop

import (
	"time"

	lua "github.com/yuin/gopher-lua"

	"github.com/mtstates/go-mtstates/backend"
)

// ByContext lets an interrupt stop what will run in l, or no longer, where the repair is off. raise raises the error.
func ByContext(l *lua.LState, i *backend.Interrupt, raise func(*lua.LState, *backend.Interrupt), on bool) {
	switch {
	case !on:
		l.RemoveContext()
	case l.Context() == nil:
		l.SetContext(&interruptContext{i, raise, l})
	}
}

// interruptContext makes the VM's own loop check for an interrupt before each instruction: the VM asks the context of an
// LState for its channel there. The channel never exists; the request raises the error. The VM only sees a context that was
// set before the run, and each coroutine needs its own.
type interruptContext struct {
	interrupt *backend.Interrupt
	raise     func(*lua.LState, *backend.Interrupt)
	l         *lua.LState
}

func (c *interruptContext) Done() <-chan struct{} {
	if c.interrupt.Pending() {
		c.raise(c.l, c.interrupt)
	}
	return nil
}

func (*interruptContext) Deadline() (deadline time.Time, ok bool) { return }
func (*interruptContext) Err() error                              { return nil }
func (*interruptContext) Value(any) any                           { return nil }
