package mtstates

import (
	"fmt"
	"os"
	"runtime"

	"github.com/mtstates/go-mtstates/backend"
)

// Notify calls the callback without arguments and drops its results. It is how message buffers notify a state; errors
// go to the function that WithNotifyErrors set. When the state is in use, the call is made when that use ends: as many
// calls as were asked for, in the goroutine that used the state, or in one of their own when there are ever more of
// them, or too many states inside of each other. It returns false when the state is closed.
func (st *State) Notify() bool {
	// Nothing tells whether a callback is further up in this goroutine: a Notifier written in Go may lead from one to the
	// next. So few such calls may be inside of each other, as each can have a whole chain of states above it.
	inside := st.registry.notifying.Add(1)
	defer st.registry.notifying.Add(-1)
	if inside > maxNotifying {
		return st.notify(maxNotifiedDepth + 1)
	}
	return st.notify(1)
}

// maxNotifying is how many calls of Notify make the calls of callbacks themselves at a time.
const maxNotifying = 8

// NotifyFrom is Notify for Go code that runs in a VM, as the functions of modules do. The callback is then inside of the
// state that the VM belongs to, if any, as one that the state calls: both count for how deep states can be.
func (st *State) NotifyFrom(vm backend.VM) bool {
	depth := 1
	if running, ok := vm.Env().Kept(depthKey{}).(*int); ok {
		depth += *running
	}
	return st.notify(depth)
}

// depthKey is where the VM of a state keeps a pointer to the depth of the state's running call.
type depthKey struct{}

func (st *State) notify(depth int) bool {
	if st.Closed() {
		return false
	}
	st.notices.Add(1)
	st.deliver(depth)
	return true
}

// Closed reports whether the state is closed.
func (st *State) Closed() bool { return st.mode.Load() == closed }

// maxNotifiedDepth is how deep a callback runs in the goroutine that notifies. Below maxDepth it leaves room for the
// states that the callback calls in turn.
const maxNotifiedDepth = maxDepth / 10

// deliver makes the calls that notifications ask for at present, at a depth. Those that come meanwhile must not keep this
// goroutine for ever, so another one makes them. So it does when that is too deep: callbacks may call and notify further
// states, and one inside of the other they would overflow the goroutine's stack.
func (st *State) deliver(depth int) {
	if depth <= maxNotifiedDepth {
		for n := st.notices.Load(); n > 0; n-- {
			if !st.deliverOne(depth) {
				return
			}
		}
	}
	if st.notices.Load() > 0 {
		go func() {
			for st.deliverOne(1) {
			}
		}()
	}
}

// deliverOne makes one call at a depth. It returns false when there is none to make, or when the state is closed or in
// use: who uses it looks at the notices afterwards.
func (st *State) deliverOne(depth int) bool {
	if st.notices.Load() == 0 {
		return false
	}
	for !st.mode.CompareAndSwap(idle, running) {
		if st.mode.Load() != scrubbing {
			return false
		}
		runtime.Gosched()
	}
	defer st.free()
	if st.notices.Load() > 0 { // another goroutine may have made the call
		st.notices.Add(-1)
		st.callNotified(depth)
	}
	return true
}

// callNotified calls the callback of the state, which the caller holds.
func (st *State) callNotified(depth int) {
	st.setDepth(depth)
	st.vm.PushValue(st.callback)
	if err := st.run(nil, 0); err != nil {
		st.registry.notifyError(err)
		return
	}
	st.vm.SetTop(st.callback)
}

// WithNotifyErrors sets what receives the errors of callbacks that a notification called, which reach no caller. It may
// be called by several goroutines at once. The default prints them to the process's standard error.
func WithNotifyErrors(handle func(error)) Option {
	return func(r *Registry) { r.notifyError = handle }
}

func printNotifyError(err error) { fmt.Fprintln(os.Stderr, "Error from notified state:", err) }
