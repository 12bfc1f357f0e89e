package mtstates

import (
	"iter"
	"sync"
	"sync/atomic"
	"time"
	"weak"

	"github.com/mtstates/go-mtstates/backend"
)

// StateStats is what [State.Stats] reports.
type StateStats struct {
	// Calls is the number of calls that have begun, those of notifications included, and Errors that of those that failed.
	Calls, Errors uint64
	// Running reports whether the state is in use, and Since when that use began.
	Running bool
	Since   time.Time
	// Waiting is the number of calls that wait for the state.
	Waiting int
	// Memory is about how many bytes the values of the state held when they were last measured: by [State.MemoryBytes], or,
	// also while the state runs, by a VM written in Go that keeps the limit of [WithMaxMemory]. It is 0 if they were not measured.
	Memory int
	// WaitsFor is the state for which the thread waits that runs in this one; nil if it does not wait for a state.
	WaitsFor *State
}

// Observe lets the states of a registry note when calls begin, from now on, as the first use of [State.Stats] does. A call costs
// some nanoseconds more.
func (r *Registry) Observe() { r.observed.CompareAndSwap(0, int64(now())) }

// Stats reports what the state is doing. The states of a registry pay for it from the first time on that one of them is
// asked: a state that has been running since before counts from that moment on, and its numbers are those of its last idle
// moment.
func (st *State) Stats() StateStats {
	r := st.registry
	r.Observe()
	s := StateStats{Waiting: st.Waiting(), WaitsFor: st.waitsFor(), Memory: int(st.activity.memory.Load())}
	if st.mode.CompareAndSwap(idle, scrubbing) { // so it is not in use, and calls that come wait for a moment
		s.Calls, s.Errors = st.activity.calls, st.activity.errors
		st.unscrub()
		return s
	}
	s.Calls, s.Errors = st.activity.seenCalls.Load(), st.activity.seenErrors.Load()
	if s.Running = st.mode.Load()&(running|inSetup) != 0; s.Running {
		since := st.activity.since.Load()
		if since == 0 {
			since = r.observed.Load()
		}
		s.Since = clockStart.Add(time.Duration(since))
	}
	return s
}

// MemoryBytes returns about how many bytes the values of the state hold: strings, tables, functions and coroutines. It visits
// all of them, while calls that come wait. ok is false if the state is in use or closed.
func (st *State) MemoryBytes() (bytes int, ok bool) {
	if !st.mode.CompareAndSwap(idle, scrubbing) {
		return 0, false
	}
	defer st.unscrub()
	if m, can := st.vm.(backend.Measurer); can {
		if bytes, ok = m.MeasureMemory(); ok {
			st.activity.memory.Store(int64(bytes))
		}
	}
	return bytes, ok
}

// RegistryStats is what [Registry.Stats] reports.
type RegistryStats struct {
	// States is the number of living states, Running that of those that are in use, those in their setup included.
	States, Running int
	// Waiting is the number of calls that wait for a state.
	Waiting int
	// Memory is the sum of [StateStats.Memory], for those states that were measured.
	Memory int
}

// Stats counts the states. It visits each of them; they pay nothing for it.
func (r *Registry) Stats() (s RegistryStats) {
	for st := range r.states.All() {
		mode := st.mode.Load()
		if mode == closed {
			continue
		}
		s.States++
		if mode&(running|inSetup) != 0 {
			s.Running++
		}
		s.Waiting += st.Waiting()
		s.Memory += int(st.activity.memory.Load())
	}
	return s
}

// activity counts what a state does.
type activity struct {
	// calls and errors belong to the goroutine that holds the state, so that counting costs nothing.
	calls, errors uint64
	// The following are for others, as of the beginning of the present call, while the registry is observed.
	seenCalls, seenErrors atomic.Uint64
	since                 atomic.Int64 // since clockStart; 0 if the call began before
	// memory is the size of the state when it was last measured.
	memory atomic.Int64
}

// began records that a call begins in a state that was not in use.
func (a *activity) began(observed bool) {
	a.calls++
	if observed {
		a.seenCalls.Store(a.calls)
		a.seenErrors.Store(a.errors)
		a.since.Store(int64(now()))
	}
}

// waitsFor returns the state for which the thread that holds st waits.
func (st *State) waitsFor() *State {
	waits.Lock()
	defer waits.Unlock()
	for _, w := range waits.inside[st] {
		for i, held := range w.holds {
			switch {
			case held != st:
			case i == 0:
				return w.wants.state
			default:
				return w.holds[i-1]
			}
		}
	}
	return nil
}

// poolList has the pools of a registry without keeping them alive.
type poolList struct {
	mu    sync.Mutex
	pools []weak.Pointer[Pool]
}

func (l *poolList) add(p *Pool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.pools = append(l.living(), weak.Make(p))
}

func (l *poolList) living() (pools []weak.Pointer[Pool]) {
	for _, w := range l.pools {
		if p := w.Value(); p != nil && !p.isClosed() {
			pools = append(pools, w)
		}
	}
	return pools
}

// Pools yields the pools of the registry that are not closed, in the order in which they were made.
func (r *Registry) Pools() iter.Seq[*Pool] {
	return func(yield func(*Pool) bool) {
		r.pools.mu.Lock()
		r.pools.pools = r.pools.living()
		list := append([]weak.Pointer[Pool]{}, r.pools.pools...)
		r.pools.mu.Unlock()
		for _, w := range list {
			if p := w.Value(); p != nil && !yield(p) {
				return
			}
		}
	}
}

// Backend returns the backend of the state's VM.
func (st *State) Backend() backend.Backend { return st.backend }
