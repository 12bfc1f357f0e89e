package conformance

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/conformance/hosttest"
	"github.com/mtstates/go-mtstates/mtstates"
)

var concurrencyCases = []goCase{meddleCase, lostCase, busyCase, ringCase, linearizableCase, historyCase, fairnessCase}

// meddleCase lets goroutines create, look up, call, close and collect the same few names.
var meddleCase = goCase{"go/meddle", []string{"call.usable", "state.lookup", "close.final"}, func(t *recorder, target Target) {
	states := hosttest.New(t, target.Callee).States
	names := []string{"a", "b", "c"}
	var group sync.WaitGroup
	for worker := range 8 {
		group.Go(func() {
			for i := range 40 {
				if err := meddle(states, names[i%len(names)], worker+i); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	for _, name := range names {
		if st, err := states.StateByName(name); err == nil {
			if _, err := st.TryCall(context.Background(), 1); err != nil {
				t.Errorf("%v does not work afterwards: %v", st, err)
			}
		}
	}
}}

// meddle does one of five things to the state with the name, and returns an error that must not happen.
func meddle(states *mtstates.Registry, name string, what int) error {
	switch st, err := states.StateByName(name); {
	case what%5 == 0:
		_, _, err = states.NewState(context.Background(), "local n = 0 return function(i) n = n + i return n end", mtstates.Named(name))
		return except(err, mtstates.ErrObjectExists)
	case what%5 == 1 && what%20 == 1:
		states.Collect()
		return nil
	case err != nil:
		return except(err, mtstates.ErrUnknownObject)
	case what%5 == 2:
		return except(st.Close(), mtstates.ErrConcurrentAccess)
	default:
		_, err := st.TryCall(context.Background(), 1)
		runtime.Gosched()
		return except(err, mtstates.ErrConcurrentAccess, mtstates.ErrObjectClosed)
	}
}

func except(err error, allowed ...error) error {
	for _, a := range allowed {
		if errors.Is(err, a) {
			return nil
		}
	}
	return err
}

// lostCase counts calls while other goroutines collect and make states: each call that succeeded was made once, each
// that was refused was not made.
var lostCase = goCase{"go/lost_calls", []string{"call.linearizable", "call.busy"}, func(t *recorder, target Target) {
	const workers, calls = 6, 60
	states := hosttest.New(t, target.Callee).States
	var counters []*mtstates.State
	for range 3 {
		st, _, err := states.NewState(context.Background(), "local n = 0 return function(i) n = n + i return n end")
		if err != nil {
			t.Fatal(err)
		}
		counters = append(counters, st)
	}
	var done [3]atomic.Int64
	var group sync.WaitGroup
	for worker := range workers {
		group.Go(func() {
			for i := range calls {
				which := (worker + i) % len(counters)
				switch _, err := counters[which].TryCall(context.Background(), 1); {
				case err == nil:
					done[which].Add(1)
				case !errors.Is(err, mtstates.ErrConcurrentAccess):
					t.Error(err)
				}
				if i%20 == worker {
					states.Collect()
				}
			}
		})
	}
	group.Wait()
	for i, counter := range counters {
		results, err := counter.TryCall(context.Background(), 0)
		if want := float64(done[i].Load()); err != nil || results[0] != want {
			t.Errorf("%v %v, want %v", results, err, want)
		}
	}
}}

// busyCase holds a state in a call, and checks what other callers get during the call and afterwards.
var busyCase = goCase{"go/busy", []string{"call.busy", "mtstates.error.concurrent_access"}, func(t *recorder, target Target) {
	entered, leave := make(chan bool), make(chan bool)
	wait := mtstates.Module{Name: "wait", Open: func(_ *mtstates.Registry, s backend.VM) int {
		s.PushFunction(func(backend.VM) int {
			entered <- true
			<-leave
			return 0
		})
		return 1
	}}
	states := hosttest.New(t, target.Callee, mtstates.WithModules(wait)).States
	st, _, err := states.NewState(context.Background(), "local wait = require 'wait' return function(w) if w then wait() end return 'done' end",
		mtstates.Named("busy"))
	if err != nil {
		t.Fatal(err)
	}
	var result []any
	var callErr error
	var group sync.WaitGroup
	group.Go(func() { result, callErr = st.TryCall(context.Background(), true) })
	<-entered
	for range 3 {
		_, err := st.TryCall(context.Background())
		equal(t, errors.Is(err, mtstates.ErrConcurrentAccess), true)
		equal(t, errors.Is(st.Close(), mtstates.ErrConcurrentAccess), true)
		found, err := states.StateByName("busy")
		equal(t, found, st)
		equal(t, err, nil)
		states.Collect()
		_, _, err = states.NewState(context.Background(), "return print", mtstates.Named("busy"))
		equal(t, errors.Is(err, mtstates.ErrObjectExists), true)
	}
	close(leave)
	group.Wait()
	equal(t, callErr, nil)
	equal(t, result[0], any("done"))
	again, err := st.TryCall(context.Background())
	equal(t, err, nil)
	equal(t, again[0], any("done"))
	equal(t, st.Close(), nil)
	_, err = st.TryCall(context.Background())
	equal(t, errors.Is(err, mtstates.ErrObjectClosed), true)
}}

// ringCase has states that call each other in a ring, from several goroutines. None waits for another, so there is no
// deadlock, and a refused call is refused as a whole.
var ringCase = goCase{"go/ring", []string{"call.busy", "call.usable"}, func(t *recorder, target Target) {
	states := hosttest.New(t, target.Callee).States
	names := []string{"a", "b", "c", "d"}
	var ring []*mtstates.State
	for i, name := range names {
		st, _, err := states.NewState(context.Background(), `
			local next, self = ...
			local mtstates = require "mtstates"
			return function(steps)
				if steps == 0 then return self end
				return mtstates.state(next):call(steps - 1)
			end`, mtstates.Named(name), mtstates.Arguments(names[(i+1)%len(names)], name))
		if err != nil {
			t.Fatal(err)
		}
		ring = append(ring, st)
	}
	var group sync.WaitGroup
	for worker := range 6 {
		group.Go(func() {
			for i := range 30 {
				results, err := ring[(worker+i)%len(ring)].TryCall(context.Background(), i%(len(ring)+1))
				switch {
				case errors.Is(err, mtstates.ErrConcurrentAccess):
				case err != nil:
					t.Error(err)
				case results[0] != names[(worker+i+i%(len(ring)+1))%len(ring)]:
					t.Errorf("worker %d, step %d: %v", worker, i, results)
				}
			}
		})
	}
	group.Wait()
	for i, st := range ring {
		results, err := st.TryCall(context.Background(), len(ring)-1)
		if err != nil || results[0] != names[(i+len(ring)-1)%len(ring)] {
			t.Errorf("afterwards: %v %v", results, err)
		}
	}
}}
