package mtstates

import (
	"fmt"
	"os"

	"github.com/mtstates/go-mtstates/backend"
)

// Notify calls the callback without arguments and drops its results. Message buffers use it to notify a state. Errors
// go to the function that [WithNotifyErrors] set. If the state is in use, the call is made when that use ends, once for
// each Notify: in the goroutine that used the state, or in another one if calls keep coming or too many states are
// nested. Notify returns false if the state is closed.
func (st *State) Notify() bool {
	// Nothing shows whether this goroutine is already in a callback: a Notifier written in Go may lead from one to the
	// next. So only a few such calls may be nested, as each can start a whole chain of states.
	inside := st.registry.notifying.Add(1)
	defer st.registry.notifying.Add(-1)
	if inside > maxNotifying {
		return st.notify(maxNotifiedDepth + 1)
	}
	return st.notify(1)
}

// maxNotifying limits how many calls of Notify at a time run callbacks in their own goroutine.
const maxNotifying = 8

// NotifyFrom is [State.Notify] for Go code that runs in a VM, such as the functions of modules. If the VM belongs to a
// state, the callback counts as nested in that state, as if the state had called it.
func (st *State) NotifyFrom(vm backend.VM) bool {
	depth := 1
	if running, ok := vm.Env().Context().Value(callKey{}).(*callContext); ok && !running.ended.Load() {
		depth += running.depth
	}
	return st.notify(depth)
}

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

// maxNotifiedDepth limits how deep a callback may run in the goroutine that notifies. It is below maxDepth to leave
// room for the states that the callback calls.
const maxNotifiedDepth = maxDepth / 10

// deliver makes the calls that notifications have asked for, at the given depth. Notifications that arrive in the
// meantime are left to another goroutine, so that they cannot hold this one forever. The same goes for calls that would
// be nested too deeply: callbacks may call and notify further states, and would overflow the stack of the goroutine.
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

// deliverOne makes one call at the given depth. It returns false if there is none to make, or if the state is closed or
// in use; its user checks for notifications afterwards.
func (st *State) deliverOne(depth int) bool {
	if st.notices.Load() == 0 {
		return false
	}
	if st.acquire() != nil {
		return false
	}
	defer st.free()
	st.deliverHeld(depth)
	return true
}

// deliverHeld makes one call in the state, which the caller holds, unless another goroutine has made it.
func (st *State) deliverHeld(depth int) {
	if st.notices.Load() > 0 {
		st.notices.Add(-1)
		st.callNotified(depth)
	}
}

// callNotified calls the callback of the state, which the caller holds.
func (st *State) callNotified(depth int) {
	around := st.begin(&origin{depth: depth})
	defer st.end(around)
	st.vm.PushValue(st.callback)
	if err := st.protected(0); err != nil {
		contained("handler of notification errors", func() { st.registry.notifyError(err) })
		return
	}
	st.vm.SetTop(st.callback)
}

func printNotifyError(err error) { fmt.Fprintln(os.Stderr, "Error from notified state:", err) }
