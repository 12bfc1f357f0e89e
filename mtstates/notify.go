package mtstates

import (
	"fmt"
	"os"
	"runtime"
)

// Notify calls the callback without arguments and drops its results. It is how message buffers notify a state; errors go
// to the function that WithNotifyErrors set. When the state is in use, the call is made when that use ends: as many
// calls as were asked for, in the goroutine that used the state, or in one of their own when there are ever more of
// them. It returns false when the state is closed.
func (st *State) Notify() bool {
	if st.Closed() {
		return false
	}
	st.notices.Add(1)
	st.deliver()
	return true
}

// Closed reports whether the state is closed.
func (st *State) Closed() bool { return st.mode.Load() == closed }

// deliver makes the calls that notifications ask for at present. Those that come meanwhile must not keep this goroutine
// for ever, so another one makes them. So it does when many states are being notified already: callbacks may notify
// further states, and one inside of the other they would overflow the goroutine's stack.
func (st *State) deliver() {
	if st.registry.delivering.Load() < maxDepth {
		for n := st.notices.Load(); n > 0; n-- {
			if !st.deliverOne() {
				return
			}
		}
	}
	if st.notices.Load() > 0 {
		go func() {
			for st.deliverOne() {
			}
		}()
	}
}

// deliverOne makes one call. It returns false when there is none to make, or when the state is closed or in use: who
// uses it looks at the notices afterwards.
func (st *State) deliverOne() bool {
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
		st.callNotified()
	}
	return true
}

// callNotified calls the callback of the state, which the caller holds.
func (st *State) callNotified() {
	st.registry.delivering.Add(1)
	defer st.registry.delivering.Add(-1)
	*st.depth = 1
	st.vm.PushCopy(st.callback)
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
