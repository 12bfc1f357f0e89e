package mtstates_test

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/conformance/hosttest"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/modules"
)

// gate is a module with a function that tells that it was called and waits until it is let go.
type gate struct{ entered, leave chan struct{} }

func newGate() gate { return gate{make(chan struct{}), make(chan struct{})} }

func (g gate) option() mtstates.Option {
	return mtstates.WithModules(mtstates.Module{Name: "gate", Open: func(_ *mtstates.Registry, s backend.VM) int {
		s.PushFunction(func(backend.VM) int {
			g.entered <- struct{}{}
			<-g.leave
			return 0
		})
		return 1
	}})
}

// gated is a setup whose callback goes through the gate if its first argument is true.
const gated = "local gate, order = require 'gate', {} return function(wait, n) if wait then gate() end order[#order + 1] = n return table.concat(order, ' ') end"

// waitFor returns when so many calls wait for a state.
func waitFor(st *mtstates.State, calls int) {
	for st.Waiting() != calls {
		runtime.Gosched()
	}
}

func TestCallsWaitInOrder(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		const calls = 20
		g := newGate()
		st, _, err := hosttest.Registry(t, b, g.option()).NewState(t.Context(), gated)
		if err != nil {
			t.Fatal(err)
		}
		var group sync.WaitGroup
		want := "0"
		for i := range calls {
			group.Go(func() {
				if _, err := st.Call(t.Context(), i == 0, i); err != nil {
					t.Error(err)
				}
			})
			if i == 0 {
				<-g.entered
			} else {
				want += fmt.Sprint(" ", i)
			}
			waitFor(st, i)
		}
		if _, err := st.TryCall(t.Context(), false, "never"); !errors.Is(err, mtstates.ErrConcurrentAccess) {
			t.Errorf("TryCall: %v", err)
		}
		g.leave <- struct{}{}
		group.Wait()
		if got, err := st.Call(t.Context(), false, "last"); err != nil || got[0] != want+" last" {
			t.Errorf("the calls were made in the order %v, %v", got, err)
		}
	})
}

func TestContextEndsWait(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		g := newGate()
		st, _, err := hosttest.Registry(t, b, g.option()).NewState(t.Context(), gated)
		if err != nil {
			t.Fatal(err)
		}
		results := make(chan error, 4)
		call := func(ctx context.Context, wait bool, n int) {
			_, err := st.Call(ctx, wait, n)
			results <- err
		}
		go call(t.Context(), true, 1)
		<-g.entered
		ctx, cancel := context.WithCancel(t.Context())
		go call(ctx, false, 2)
		waitFor(st, 1)
		go call(t.Context(), false, 3)
		waitFor(st, 2)
		cancel()
		if err := <-results; !errors.Is(err, mtstates.ErrInterrupted) || !errors.Is(err, context.Canceled) {
			t.Errorf("the wait ends with %v", err)
		}
		waitFor(st, 1)
		g.leave <- struct{}{}
		for range 2 {
			if err := <-results; err != nil {
				t.Error(err)
			}
		}
		if got, err := st.Call(t.Context(), false, 4); err != nil || got[0] != "1 3 4" {
			t.Errorf("the calls were made in the order %v, %v", got, err)
		}
	})
}

// meetOnce returns a function that each of the callers calls and that returns when all have done so.
func meetOnce(met *sync.WaitGroup, callers string) func(caller string) {
	var seen sync.Map
	return func(caller string) {
		if _, again := seen.LoadOrStore(caller, true); !again && strings.Contains(callers, caller) {
			met.Done()
			met.Wait()
		}
	}
}

// calling is a module with the function call(caller, name), which calls another state with the context that it gets.
func calling(r **mtstates.Registry, before func(caller string)) mtstates.Option {
	return mtstates.WithModules(mtstates.Module{Name: "calling", Open: func(_ *mtstates.Registry, s backend.VM) int {
		s.PushFunction(func(s backend.VM) int {
			caller, _ := s.ToString(1)
			name, _ := s.ToString(2)
			before(caller)
			st, err := (*r).StateByName(name)
			if err == nil {
				_, err = st.Call(s.Env().Context())
			}
			if err != nil {
				return modules.Raise(s, err)
			}
			return 0
		})
		return 1
	}})
}

// TestDeadlock lets states call each other in rings, through Go functions and in Lua, in one goroutine or several.
func TestDeadlock(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		for _, test := range []struct {
			name   string
			starts []string
			states map[string]string // which state calls which
			meet   string            // the states whose call is made when all of them are at this point
			text   string
		}{
			{"itself", []string{"a"}, map[string]string{"a": "a"}, "", `mtstates.state(name="a",id=N) waits for mtstates.state(name="a",id=N)`},
			{"in one goroutine", []string{"a"}, map[string]string{"a": "b", "b": "c", "c": "a"}, "",
				`mtstates.state(name="c",id=N) waits for mtstates.state(name="a",id=N), ` +
					`mtstates.state(name="a",id=N) waits for mtstates.state(name="b",id=N), ` +
					`mtstates.state(name="b",id=N) waits for mtstates.state(name="c",id=N)`},
			{"two goroutines", []string{"a", "b"}, map[string]string{"a": "b", "b": "a"}, "a b", " waits for "},
			{"three goroutines", []string{"a", "b", "c"}, map[string]string{"a": "b", "b": "c", "c": "a"}, "a b c", " waits for "},
			{"nested and three goroutines", []string{"a", "b", "c"}, map[string]string{"a": "x", "x": "b", "b": "c", "c": "a"}, "x b c", " waits for "},
		} {
			t.Run(test.name, func(t *testing.T) {
				var r *mtstates.Registry
				var met sync.WaitGroup
				met.Add(len(test.starts))
				r = hosttest.Registry(t, b, calling(&r, meetOnce(&met, test.meet)))
				var kept []*mtstates.State
				for name, next := range test.states {
					st, _, err := r.NewState(t.Context(), fmt.Sprintf("local call = require 'calling' return function() call(%q, %q) end", name, next), mtstates.Named(name))
					if err != nil {
						t.Fatal(err)
					}
					kept = append(kept, st)
				}
				errs := make(chan error, len(test.starts))
				for _, name := range test.starts {
					st, err := r.StateByName(name)
					if err != nil {
						t.Fatal(err)
					}
					go func() {
						_, err := st.Call(context.Background())
						errs <- err
					}()
				}
				deadlocks := 0
				for range test.starts {
					if err := <-errs; errors.Is(err, mtstates.ErrDeadlock) {
						deadlocks++
						if text := withoutIDs(err.Error()); !strings.Contains(text, test.text) {
							t.Errorf("the error is %s", text)
						}
					} else if err != nil {
						t.Error(err)
					}
				}
				if deadlocks == 0 {
					t.Error("no deadlock was found")
				}
				runtime.KeepAlive(kept)
			})
		}
	})
}

var idPattern = regexp.MustCompile(`id=\d+`)

func withoutIDs(text string) string { return idPattern.ReplaceAllString(text, "id=N") }
