package mtstates_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/conformance/hosttest"
	"github.com/mtstates/go-mtstates/mtstates"
)

// The end of a context ends the copying of tables, in both directions, and the state is usable.
func TestContextEndsCopies(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		ctx, cancel := context.WithCancel(t.Context())
		end := mtstates.Module{Name: "cancel", Open: func(_ *mtstates.Registry, s backend.VM) int {
			s.PushFunction(func(s backend.VM) int {
				cancel()
				<-s.Env().Interrupt.Done()
				return 0
			})
			return 1
		}}
		r := hosttest.Registry(t, b, mtstates.WithModules(end))
		st, _, err := r.NewState(t.Context(), `
			local large = {}
			for i = 1, 10000 do large[i] = i end
			local cancel = require "cancel"
			return function(what) if what == 'cancel' then return large, pcall(cancel) end return what or large end`)
		if err != nil {
			t.Fatal(err)
		}
		out, err := st.Call(t.Context())
		if err != nil || out[0].(*mtstates.Table).Len() != 10000 {
			t.Fatal(out, err)
		}
		if _, err := st.Call(ctx, "cancel"); !errors.Is(err, mtstates.ErrInterrupted) || !errors.Is(err, context.Canceled) {
			t.Errorf("results: %v", err)
		}
		if out, err := st.Call(t.Context(), out[0]); err != nil || out[0].(*mtstates.Table).Get(7) != 7.0 {
			t.Error(out, err)
		}
	})
}

// Errors from Go are strings in edition 0.4. One that is too long for a state does not reach it.
func TestLongErrorAsText(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		r := hosttest.Registry(t, b, mtstates.WithEdition("0.4"), mtstates.WithMaxString(1000))
		st, _, err := r.NewState(t.Context(), "return function(...) return select('#', ...), type((...)) end")
		if err != nil {
			t.Fatal(err)
		}
		long := mtstates.ErrObjectClosed.With(strings.Repeat("x", 1000))
		for _, arg := range []any{long, []any{long}, map[any]any{"key": long}} {
			if out, err := st.Call(t.Context(), arg); !errors.Is(err, mtstates.ErrOutOfMemory) {
				t.Errorf("%T: %v %v", arg, out, err)
			}
		}
		if out, err := st.Call(t.Context(), mtstates.ErrObjectClosed.With("x")); err != nil || out[1] != "string" {
			t.Error(out, err)
		}
	})
}
