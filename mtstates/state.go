package mtstates

import (
	"errors"
	"fmt"
	"runtime"
	"sync/atomic"
	"time"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates/internal/object"
)

// State is a Lua state with a callback. It lives as long as something refers to it, in Go or in Lua.
type State struct {
	registry *Registry
	id       int64
	name     string
	named    bool
	mode     atomic.Int32
	// interrupt is nil if the state cannot be interrupted. It never changes.
	interrupt *backend.Interrupt
	notices   atomic.Int64 // calls that notifications have asked for and that are not made yet
	callback  int          // its index on the stack, which is the top of an idle state
	// The following fields belong to the goroutine that holds the state in mode running or scrubbing.
	vm  backend.VM
	ran bool // since the last scrub
	// restoreTables puts back what was taken out of the weak tables of a state that is being scrubbed.
	restoreTables backend.Restore
	// depth is the depth of the running call: 1 if no other state is further up in the same thread. It is not a part of
	// the state because functions in the VM read it and must not refer to the state: leftovers of a dead VM would keep
	// the state alive.
	depth *int
}

// The modes of a state. Only an idle state can be acquired; one that is being scrubbed is idle again in a moment, or after a
// run of the Go collector.
const (
	idle int32 = iota
	running
	scrubbing
	inSetup
	closed
)

const stateType = "mtstates.state"

var lastID atomic.Int64

// ID returns the id, which no other state of the process has or had.
func (st *State) ID() int64 { return st.id }

// Name returns the name; ok is false if the state has none.
func (st *State) Name() (name string, ok bool) { return st.name, st.named }

// String returns what tostring returns in Lua: mtstates.state: 0x... (name="s1",id=7).
func (st *State) String() string { return object.Text(stateType, st, st.id, st.name, st.named) }

// label names the state in messages.
func (st *State) label() string { return object.Label(stateType, st.id, st.name, st.named) }

// known reports whether look-ups find the state.
func (st *State) known() bool {
	mode := st.mode.Load()
	return mode != inSetup && mode != closed
}

// acquire takes the state for the caller, or returns the reason why it cannot.
func (st *State) acquire() error {
	for tries := 0; !st.mode.CompareAndSwap(idle, running); tries++ {
		switch st.mode.Load() {
		case running, inSetup:
			return ErrConcurrentAccess.With("state in use: " + st.label())
		case closed:
			return ErrObjectClosed.With(st.label())
		}
		waitForScrub(tries)
	}
	return nil
}

// waitForScrub waits a moment for a state that is being scrubbed. It is called with the number of calls before.
func waitForScrub(tries int) {
	const collection = 10 // tries after which it waits for a run of the collector, which takes long
	if tries < collection {
		runtime.Gosched()
	} else {
		time.Sleep(50 * time.Microsecond)
	}
}

// release ends the caller's use of the state for a call at the given depth, and makes the calls that notifications have
// asked for in the meantime, at the same depth.
func (st *State) release(depth int) {
	st.free()
	if st.notices.Load() > 0 {
		st.deliver(depth)
	}
}

func (st *State) free() { st.mode.CompareAndSwap(running, idle) }

// Close frees the memory of the state. Later calls fail with [ErrObjectClosed]; closing again does nothing. The error
// is [ErrConcurrentAccess] if the state is in use.
func (st *State) Close() error {
	if err := st.acquire(); err != nil {
		if st.mode.Load() == closed {
			return nil
		}
		return err
	}
	st.discard()
	return nil
}

// ErrNotInterruptible is returned by [State.Interrupt] if the registry was made without [WithInterrupt].
var ErrNotInterruptible = errors.New("state is not interruptible")

// Interrupt stops Lua code that runs in the state, once or until it is reset. If the state is idle, the next call is
// stopped. Such calls fail with [ErrInterrupted]. The errors of Interrupt itself are [ErrNotInterruptible] and
// [ErrObjectClosed].
func (st *State) Interrupt(mode backend.InterruptMode) error {
	if st.interrupt == nil {
		return fmt.Errorf("%w: %s", ErrNotInterruptible, st.label())
	}
	if st.mode.Load() == closed {
		return ErrObjectClosed.With(st.label())
	}
	st.interrupt.Set(mode)
	return nil
}

// discard closes a state that the caller holds.
func (st *State) discard() {
	st.mode.Store(closed)
	st.registry.states.Remove(st, st.id, st.name, st.named)
	if st.vm != nil {
		st.vm.Close()
		st.vm = nil
	}
}

// scrub clears dead values from the stack of a state that ran and is idle. It reports whether restore must be called after
// a run of the collector: before that, the state is not idle.
func (st *State) scrub() bool {
	if !st.mode.CompareAndSwap(idle, scrubbing) {
		return false
	}
	if st.ran {
		st.restoreTables = st.vm.ScrubStack()
		st.ran = false
	}
	if st.restoreTables != nil {
		return true
	}
	st.mode.Store(idle)
	return false
}

func (st *State) restore() {
	st.restoreTables()
	st.restoreTables = nil
	st.mode.Store(idle)
}
