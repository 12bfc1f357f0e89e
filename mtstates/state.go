package mtstates

import (
	"errors"
	"fmt"
	"runtime"
	"sync/atomic"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates/internal/object"
)

// State is a Lua state with a callback. Each *State owns the state; it dies with the last one.
type State struct {
	registry *Registry
	id       int64
	name     string
	named    bool
	mode     atomic.Int32
	// interrupt is nil when the state cannot be interrupted. It never changes.
	interrupt *backend.Interrupt
	notices   atomic.Int64 // calls that notifications ask for and that were not made yet
	callback  int          // where it stands on the stack of an idle state, on the top
	// What follows belongs to whoever holds the state in mode running or scrubbing.
	vm  backend.VM
	ran bool // since the last scrub
	// depth is that of the running call: 1 when no other state is further up in the same thread. It is no part of the
	// state, because the VM, whose functions read it, must not refer to the state: left-overs of a dead VM would keep
	// the state alive.
	depth *int
}

// The modes of a state. Only an idle state can be taken; one that is being scrubbed will be idle in a moment.
const (
	idle int32 = iota
	running
	scrubbing
	inSetup
	closed
)

const stateType = "mtstates.state"

var lastID atomic.Int64

// ID returns the id, which is unique in the process and never used again.
func (st *State) ID() int64 { return st.id }

// Name returns the name; ok is false when the state has none.
func (st *State) Name() (name string, ok bool) { return st.name, st.named }

// String returns what tostring gives: mtstates.state: 0x... (name="s1",id=7).
func (st *State) String() string { return object.Text(stateType, st, st.id, st.name, st.named) }

// label names the state in messages.
func (st *State) label() string { return object.Label(stateType, st.id, st.name, st.named) }

// known tells whether look-ups find the state.
func (st *State) known() bool {
	mode := st.mode.Load()
	return mode != inSetup && mode != closed
}

// acquire takes the state for the caller, or says why that cannot be.
func (st *State) acquire() error {
	for !st.mode.CompareAndSwap(idle, running) {
		switch st.mode.Load() {
		case running, inSetup:
			return ErrConcurrentAccess.With("state in use: " + st.label())
		case closed:
			return ErrObjectClosed.With(st.label())
		}
		runtime.Gosched() // scrubbing: idle in a moment
	}
	return nil
}

// release ends the caller's use of the state, a call at a depth, and makes the calls that notifications asked for
// meanwhile, as deep as that.
func (st *State) release(depth int) {
	st.free()
	if st.notices.Load() > 0 {
		st.deliver(depth)
	}
}

func (st *State) free() { st.mode.CompareAndSwap(running, idle) }

// Close frees the state's memory. Calls fail with ErrObjectClosed from then on; closing again does nothing. A state
// that is being called is ErrConcurrentAccess.
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

// ErrNotInterruptible is returned by Interrupt for states of a registry without WithInterrupt.
var ErrNotInterruptible = errors.New("state is not interruptible")

// Interrupt stops Lua code that runs in the state, once or until it is reset; a state that does not run is stopped when
// it is called. Calls that it ends fail with ErrInterrupted. The errors are ErrNotInterruptible and ErrObjectClosed.
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

// scrub clears dead values from the stack of a state that ran and is idle.
func (st *State) scrub() {
	if st.mode.CompareAndSwap(idle, scrubbing) {
		if st.ran {
			st.vm.ScrubStack()
			st.ran = false
		}
		st.mode.Store(idle)
	}
}
