package mtstates

import (
	"errors"
	"fmt"
	"sync/atomic"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates/internal/object"
	"github.com/mtstates/go-mtstates/mtstates/internal/owner"
	"github.com/mtstates/go-mtstates/mtstates/internal/realm"
)

// State is a Lua state with a callback. It lives as long as something refers to it, in Go or in Lua.
type State struct {
	registry *Registry
	id       int64
	name     string
	named    bool
	realm    *realm.Realm // in which look-ups find the state
	mode     atomic.Int32
	line     atomic.Pointer[line] // nil until a call waits
	// interrupt stops the present call. It never changes.
	interrupt *backend.Interrupt
	notices   atomic.Int64 // calls that notifications have asked for and that are not made yet
	callback  int          // its index on the stack, which is the top of an idle state
	run       *run         // never changes
	backend   backend.Backend
	activity  activity
	owned     owner.Owned
	// The following fields belong to the goroutine that holds the state in mode running or scrubbing.
	vm  backend.VM
	ran bool // since the last scrub
	// inVM is set while the call, unless it has hooks, is in the VM.
	inVM    bool
	resting resting
	spare   Results // for results of coming calls
	// restoreTables puts back what was taken out of the weak tables of a state that is being scrubbed.
	restoreTables backend.Restore
	// lines hold what a call has written of a line.
	lines []*lineWriter
	kept  bool // by the registry
	// sampled is set while the VM looks for its interrupt only because a profile is being written.
	sampled bool
}

// The modes of a state. Only an idle state can be acquired; one that is being scrubbed is idle again in a moment, or after a
// run of the Go collector. queued is added to idle, running and scrubbing while calls wait, doomed to running when the state
// is to be closed after the call.
const (
	idle    int32 = 0
	running int32 = 1 << (iota - 1)
	scrubbing
	inSetup
	closed
	queued
	doomed
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
	mode := st.mode.Load() &^ queued
	return mode != inSetup && mode != closed && !st.owned.Expired()
}

// release ends the caller's use of the state for a call at the given depth, and makes the calls that notifications have
// asked for in the meantime, at the same depth.
func (st *State) release(depth int) {
	switch {
	case st.notices.Load() > 0 && st.mode.Load()&queued != 0 && depth <= maxNotifiedDepth:
		st.deliverHeld(depth) // the next in line gets the state, so one call is made before
		st.free()
	case !st.mode.CompareAndSwap(running, idle):
		st.free()
	}
	if st.notices.Load() > 0 {
		st.deliver(depth)
	}
}

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
	if !st.registry.interrupt {
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
	st.dismiss()
	st.registry.states.Remove(st, st.id, st.realm.Key(st.name), st.named)
	st.registry.forget(st)
	st.registry.drop(st)
	defer st.registry.life.announce()
	st.endRest()
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
	st.unscrub()
	return false
}

func (st *State) restore() {
	st.restoreTables()
	st.restoreTables = nil
	st.unscrub()
}
