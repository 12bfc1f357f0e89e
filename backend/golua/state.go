package golua

import (
	"fmt"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/stdlib"
)

func newVM(o backend.Options) (backend.VM, error) {
	if err := libraries.Check(Backend, o); err != nil {
		return nil, err
	}
	l := lua.NewState()
	lua.AtPanic(l, unprotected)
	d := &vmdata{own: true, env: backend.NewEnv(Backend, o)}
	setData(l, d)
	enterBaseFrame(l)
	libraries.Open(state{l})
	backend.GetRegistered(state{l}, stdlib.LazyMetatable)
	d.lazy = l.ToValue(-1)
	l.Pop(1)
	if err := limit(l, d); err != nil {
		return nil, err
	}
	if o.Interrupt != nil {
		makeInterruptible(l, d)
	}
	return state{l}, nil
}

// The VM takes the index of a message handler for one from the bottom of the whole stack. So the handlers are the first
// values there, and for ever below all others: all that the state does is done in a Go function that never returns.
const (
	tracingHandler   = 1 // notes the traceback, for protected calls of the host
	repairingHandler = 2 // repairs the message, for those of scripts
)

// enterBaseFrame pushes the message handlers and makes the function baseFrame the running one: a panic out of a call that
// nothing protects leaves the VM in the frame of the call.
func enterBaseFrame(l *lua.State) {
	defer func() { _ = recover() }()
	l.PushLightUserData(tracingValue)
	l.PushLightUserData(repairingValue)
	l.PushLightUserData(baseFrameValue)
	l.Call(0, 0)
}

// inBaseFrame reports whether l is in the frame that enterBaseFrame has left: a frame has its function below index 1.
func inBaseFrame(l *lua.State) bool { return l.ToValue(-l.Top()-1) == baseFrameValue }

type baseFrameEntered struct{}

func baseFrame(*lua.State) int { panic(baseFrameEntered{}) }

// unprotected keeps the VM from writing to the log when an error is raised outside of any protected call.
func unprotected(l *lua.State) int {
	text, _ := toString(l, -1)
	panic(fmt.Errorf("error outside of a protected call: %s", text))
}

// closeState has nothing to free: all that a VM holds is on the Go heap.
func closeState(l *lua.State) { envOf(l).Closing() }
