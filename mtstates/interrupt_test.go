package mtstates_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/conformance/hosttest"
	"github.com/mtstates/go-mtstates/mtstates"
)

// looping returns a module with a function that tells each time that a loop begins.
func looping(begun chan<- struct{}) mtstates.Option {
	return mtstates.WithModules(mtstates.Module{Name: "begin", Open: func(_ *mtstates.Registry, s backend.VM) int {
		s.PushFunction(func(backend.VM) int {
			begun <- struct{}{}
			return 0
		})
		return 1
	}})
}

func TestInterrupt(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		begun := make(chan struct{})
		r := hosttest.Registry(t, b, mtstates.WithInterrupt(), looping(begun))
		loop, _, err := r.NewState(t.Context(), `
			local begin = require "begin"
			return function(go_on)
				if not go_on then return "idle" end
				begin()
				while true do pcall(function() while true do end end) end
			end`, mtstates.Named("loop"))
		if err != nil {
			t.Fatal(err)
		}
		failed := make(chan error)
		for range 3 {
			go func() {
				_, err := loop.Call(t.Context(), true)
				failed <- err
			}()
			<-begun
			if err := loop.Interrupt(backend.InterruptAlways); err != nil {
				t.Error(err)
			}
			var object *mtstates.Error
			if err := <-failed; !errors.Is(err, mtstates.ErrInterrupted) || errors.Is(err, mtstates.ErrInvokingState) ||
				!errors.As(err, &object) || !strings.HasSuffix(object.Details(), "): interrupted") || object.Traceback() == "" {
				t.Errorf("the call fails with %v", err)
			}
			if _, err := loop.Call(t.Context(), false); !errors.Is(err, mtstates.ErrInterrupted) {
				t.Errorf("a call before the reset: %v", err)
			}
			if err := loop.Interrupt(backend.InterruptReset); err != nil {
				t.Error(err)
			}
			if got, err := loop.Call(t.Context(), false); err != nil || got[0] != "idle" {
				t.Errorf("a call after the reset: %v %v", got, err)
			}
		}
		loop.Close()
		if err := loop.Interrupt(backend.InterruptOnce); !errors.Is(err, mtstates.ErrObjectClosed) {
			t.Errorf("a closed state: %v", err)
		}
	})
}

func TestNotInterruptible(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		st, _, err := hosttest.Registry(t, b).NewState(t.Context(), "return function() return 1 end")
		if err != nil {
			t.Fatal(err)
		}
		if err := st.Interrupt(backend.InterruptOnce); !errors.Is(err, mtstates.ErrNotInterruptible) {
			t.Errorf("error %v", err)
		}
		if got, err := st.Call(t.Context()); err != nil || got[0] != 1.0 {
			t.Errorf("a call: %v %v", got, err)
		}
	})
}
