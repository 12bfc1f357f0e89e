package mtstates

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/mtstates/go-mtstates/backend"
)

// ErrRegistryClosed is returned by [Registry.NewState], and by calls from outside of all states, after [Registry.Close] or
// [Registry.Shutdown]. It is an [ErrObjectClosed].
var ErrRegistryClosed = fmt.Errorf("mtstates: registry is closed: %w", ErrObjectClosed)

// life is whether a registry makes and calls states.
type life struct {
	draining atomic.Bool // no new states and calls but by states that run
	closed   atomic.Bool
	mu       sync.Mutex
	kept     map[*State]struct{} // that the registry keeps alive
	ended    chan struct{}       // of capacity 1; set before draining is
}

// drain lets no new calls and states come from outside, and returns the channel that tells when a state is closed, or its
// setup has ended.
func (l *life) drain() <-chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.ended == nil {
		l.ended = make(chan struct{}, 1)
	}
	l.draining.Store(true)
	return l.ended
}

// refuses reports whether a call or a new state at a depth is refused.
func (l *life) refuses(depth int) bool {
	return l.draining.Load() && (depth == 1 || l.closed.Load())
}

// announce tells who waits for it that a state was closed, or that its setup has ended.
func (l *life) announce() {
	if !l.draining.Load() {
		return
	}
	select {
	case l.ended <- struct{}{}:
	default:
	}
}

// keep keeps a state alive until it is closed.
func (r *Registry) keep(st *State) {
	st.kept = true
	r.life.mu.Lock()
	defer r.life.mu.Unlock()
	if r.life.kept == nil {
		r.life.kept = map[*State]struct{}{}
	}
	r.life.kept[st] = struct{}{}
}

// drop ends what keep began.
func (r *Registry) drop(st *State) {
	if st.kept {
		r.life.mu.Lock()
		defer r.life.mu.Unlock()
		delete(r.life.kept, st)
	}
}

// All yields the living states in no particular order. States that are made in the meantime may be missed; those whose
// setup still runs are. [State.Stats] and [State.MemoryBytes] have the numbers of each.
func (r *Registry) All() iter.Seq[*State] {
	return func(yield func(*State) bool) {
		for st := range r.states.All() {
			if st.known() && !yield(st) {
				return
			}
		}
	}
}

// RunningError is returned by [Registry.Close] and [Registry.Shutdown] for states whose calls did not end.
type RunningError struct {
	// States are the names of the states, in the form mtstates.state(name="NAME",id=ID).
	States []string
}

// Error names the states.
func (e *RunningError) Error() string {
	return fmt.Sprintf("mtstates: %d states still run: %s", len(e.States), strings.Join(e.States, ", "))
}

// closeGrace is how long Close waits for calls that it has stopped.
const closeGrace = time.Second

// Close closes all states. It stops calls that run, as an interrupt does, and waits a moment for them to end; the error is
// a [*RunningError] if some do not, because nothing can interrupt them. They are closed when they end. New states and
// calls fail with [ErrRegistryClosed] or [ErrObjectClosed]. Closing again does the same again.
func (r *Registry) Close() error {
	ended := r.life.drain()
	r.life.closed.Store(true)
	for st := range r.states.All() {
		st.shut(true)
	}
	timer := time.NewTimer(closeGrace)
	defer timer.Stop()
	for {
		left := r.running()
		if len(left) == 0 {
			return nil
		}
		select {
		case <-ended:
		case <-timer.C:
			return &RunningError{left}
		}
	}
}

// running returns the labels of the states that are in use.
func (r *Registry) running() (labels []string) {
	for st := range r.states.All() {
		if st.mode.Load()&(running|inSetup) != 0 {
			labels = append(labels, st.label())
		}
	}
	return labels
}

// shut closes the state, or lets the end of its present call close it, which it stops if stop is set. A state in its setup
// is closed by who makes it.
func (st *State) shut(stop bool) {
	if st.seize(stop) {
		st.discard()
	}
}

// seize acquires a state that is to be closed. If the state is in use, seize returns false, and the end of that closes it.
func (st *State) seize(stop bool) bool {
	for st.acquire() != nil {
		mode := st.mode.Load()
		doom := mode&(running|doomed) == running
		switch {
		case mode&(closed|doomed) != 0:
			return false
		case doom && !st.mode.CompareAndSwap(mode, mode|doomed):
			continue
		case doom:
			st.dismiss()
		case mode&inSetup == 0: // it is being scrubbed, and a call waits for that
			runtime.Gosched()
			continue
		}
		if stop {
			st.interrupt.Set(backend.InterruptAlways)
		}
		return false
	}
	return true
}

// Shutdown closes the registry without stopping anything: states that run may call others and make them, but calls from
// outside of all states fail with [ErrRegistryClosed]. When all calls have ended, also those that were waiting, Shutdown
// closes the states. When ctx ends first, it returns the error of ctx joined with a [*RunningError]; [Registry.Close] then
// stops what still runs.
func (r *Registry) Shutdown(ctx context.Context) error {
	r.life.drain()
	for busy := true; busy; {
		busy = false
		for st := range r.states.All() {
			if st.mode.Load()&(running|queued|inSetup) == 0 {
				continue
			}
			busy = true
			if err := st.settle(ctx); err != nil {
				return errors.Join(err, &RunningError{r.running()})
			}
		}
	}
	return r.Close()
}

// Shutdown closes the state when the calls that use it now, or wait for it, have ended; calls that come later fail with
// [ErrObjectClosed]. The error is that of ctx, wrapped in [ErrInterrupted], if it ends before, and [ErrConcurrentAccess]
// while the state's setup runs; then the state is not closed.
func (st *State) Shutdown(ctx context.Context) error {
	o := origin{ctx: ctx, depth: 1}
	switch err := st.await(&o, patience{}); {
	case err == nil:
		st.discard()
		return nil
	case st.Closed():
		return nil
	default:
		return err
	}
}

// settle waits until the calls that use the state now, or wait for it, have ended.
func (st *State) settle(ctx context.Context) error {
	o := origin{ctx: ctx, depth: 1}
	switch err := st.await(&o, patience{}); {
	case err == nil:
		st.release(1)
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, ErrConcurrentAccess): // it is in its setup
		select {
		case <-st.registry.life.ended:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil // it was closed, if nothing else
}
