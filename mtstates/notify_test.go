package mtstates_test

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/conformance/hosttest"
	"github.com/mtstates/go-mtstates/mtstates"
)

// counter is a state that counts its calls without arguments; "count" returns their number.
const counter = `
	local n = 0
	return function(what)
		if what == "count" then return n end
		n = n + 1
	end`

// TestNotifications notifies a state from many goroutines while others call it. Each notification is one call.
func TestNotifications(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		state, _, err := hosttest.Registry(t, b, mtstates.WithNotifyErrors(func(err error) { t.Error(err) })).NewState(t.Context(), counter)
		if err != nil {
			t.Fatal(err)
		}
		const goroutines, each = 8, 200
		var group sync.WaitGroup
		for worker := range goroutines {
			group.Go(func() {
				for range each {
					if !state.Notify() {
						t.Error("the state is closed")
					}
					if worker%2 == 0 {
						if _, err := state.Call(t.Context(), "count"); err != nil && !errors.Is(err, mtstates.ErrConcurrentAccess) {
							t.Error(err)
						}
					}
				}
			})
		}
		group.Wait()
		for {
			results, err := state.Call(t.Context(), "count")
			if err == nil && results[0] == float64(goroutines*each) {
				break
			}
			if err != nil && !errors.Is(err, mtstates.ErrConcurrentAccess) {
				t.Fatal(err)
			}
			if err == nil && results[0].(float64) > goroutines*each {
				t.Fatalf("%v calls for %d notifications", results[0], goroutines*each)
			}
		}
	})
}

// TestNotifyErrors has errors of callbacks go to the registry's function, and leaves closed states alone.
func TestNotifyErrors(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		var got []error
		registry := hosttest.Registry(t, b, mtstates.WithNotifyErrors(func(err error) { got = append(got, err) }))
		state, _, err := registry.NewState(t.Context(), "return function() error('callback fails') end")
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if !state.Notify() || state.Closed() {
				t.Error("the state is closed")
			}
		}
		if len(got) != 2 || !errors.Is(got[1], mtstates.ErrInvokingState) || !strings.Contains(got[1].Error(), "callback fails") {
			t.Errorf("got the errors %v", got)
		}
		if err := state.Close(); err != nil {
			t.Fatal(err)
		}
		if state.Notify() || !state.Closed() || len(got) != 2 {
			t.Error("a closed state was notified")
		}
	})
}
