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

// TestWrongFunctions calls Go functions of the host that do what they must not. Each is an error in the script, which catches
// it and has lost nothing.
func TestWrongFunctions(t *testing.T) {
	const results = "results with"
	functions := []struct {
		name string
		do   backend.Function
		want string // in the error
	}{
		{"more results than values", func(s backend.VM) int { s.PushNumber(1); return s.GetTop() + 1 }, results},
		{"results without values", func(s backend.VM) int { s.SetTop(0); return 3 }, results},
		{"many results", func(backend.VM) int { return 1 << 30 }, results},
		{"a negative number of results", func(s backend.VM) int { return -7 }, results},
		{"nil pushed", func(s backend.VM) int { s.PushFunction(nil); return 1 }, "nil Go function"},
		{"nil closure pushed", func(s backend.VM) int { s.PushNil(); s.PushClosure(nil, 1); return 1 }, "nil Go function"},
		{"nil called", func(s backend.VM) int { s.PushNil(); s.Call(0, 0); return 0 }, "attempt to call a nil value"},
		{"not a table", func(s backend.VM) int { s.RawSetField(1, "x"); return 0 }, "interface conversion"},
		{"panic", func(backend.VM) int { panic("gone wrong") }, "gone wrong"},
		{"nil dereferenced", func(backend.VM) int { var p *struct{ n int }; return p.n }, "nil pointer"},
	}
	onAll(t, func(t *testing.T, b backend.Backend) {
		r := hosttest.Registry(t, b, mtstates.WithModules(mtstates.Module{Name: "wrong", Open: func(_ *mtstates.Registry, s backend.VM) int {
			s.CreateTable(0, 0)
			for _, f := range functions {
				s.PushFunction(f.do)
				s.RawSetField(-2, f.name)
			}
			return 1
		}}))
		st, _, err := r.NewState(t.Context(), `
			local wrong, kept = require "wrong", {1, 2}
			return function(name)
				local a, b = "before", {3}
				local ok, err = pcall(wrong[name], "x", kept)
				assert(a == "before" and #b == 1 and b[1] == 3 and #kept == 2 and kept.x == nil)
				return ok, tostring(err)
			end`)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range functions {
			out, err := st.Call(t.Context(), f.name)
			if err != nil || len(out) != 2 || out[0] != false || !strings.Contains(out[1].(string), f.want) {
				t.Errorf("%s: %v, %v; want %s", f.name, out, err, f.want)
			}
		}
	})
}

// TestAfterClose uses what is closed. Each use is an error that says so, or has no effect; nothing panics.
func TestAfterClose(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		r := hosttest.Registry(t, b, mtstates.WithInterrupt())
		st, _, err := r.NewState(t.Context(), "return function() return 1 end", mtstates.Named("closed"))
		if err != nil {
			t.Fatal(err)
		}
		pool, err := mtstates.NewPool(r, "return function() return 1 end")
		if err != nil {
			t.Fatal(err)
		}
		vm, err := r.NewVM(b, nil)
		if err != nil {
			t.Fatal(err)
		}
		vm.Close()
		vm.Close()
		if err := errors.Join(st.Close(), pool.Close(), st.Close(), pool.Close()); err != nil {
			t.Errorf("closing, twice: %v", err)
		}
		for _, use := range []struct {
			name string
			do   func() error
			want error
		}{
			{"call", func() error { _, err := st.Call(t.Context()); return err }, mtstates.ErrObjectClosed},
			{"try call", func() error { _, err := st.TryCall(t.Context()); return err }, mtstates.ErrObjectClosed},
			{"interrupt", func() error { return st.Interrupt(backend.InterruptOnce) }, mtstates.ErrObjectClosed},
			{"look-up by id", func() error { _, err := r.StateByID(st.ID()); return err }, mtstates.ErrUnknownObject},
			{"look-up by name", func() error { _, err := r.StateByName("closed"); return err }, mtstates.ErrUnknownObject},
			{"pool call", func() error { _, err := pool.Call(t.Context()); return err }, mtstates.ErrObjectClosed},
			{"shutdown of the state", func() error { return st.Shutdown(t.Context()) }, nil},
			{"statistics", func() error { st.Stats(); pool.Stats(); st.MemoryBytes(); return nil }, nil},
			{"close of the registry", func() error { return errors.Join(r.Close(), r.Close()) }, nil},
			{"new state", func() error { _, _, err := r.NewState(t.Context(), "return print"); return err }, mtstates.ErrRegistryClosed},
			{"new pool", func() error { _, err := mtstates.NewPool(r, "return print", mtstates.PoolSize(1, 1)); return err }, mtstates.ErrRegistryClosed},
		} {
			if err := use.do(); !errors.Is(err, use.want) {
				t.Errorf("%s: %v, want %v", use.name, err, use.want)
			}
		}
	})
}

// TestNegative checks that options with negative numbers are errors that name the number.
func TestNegative(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		for name, option := range map[string]mtstates.Option{
			"states": mtstates.WithMaxStates(-3), "threads": mtstates.WithMaxThreads(-3), "memory": mtstates.WithMaxMemory(-3),
			"instructions": mtstates.WithMaxInstructions(-3), "strings": mtstates.WithMaxString(-3), "messages": mtstates.WithMaxMessageBytes(-3),
		} {
			if _, err := mtstates.NewRegistry(b, option); err == nil || !strings.Contains(err.Error(), "-3") || !strings.Contains(err.Error(), name) {
				t.Errorf("%s: %v", name, err)
			}
		}
		r := hosttest.Registry(t, b)
		for name, option := range map[string]mtstates.StateOption{"memory": mtstates.WithMaxMemory(-3), "instructions": mtstates.WithMaxInstructions(-3)} {
			if _, _, err := r.NewState(context.Background(), "return print", option); err == nil || !strings.Contains(err.Error(), "-3") {
				t.Errorf("a state with negative %s: %v", name, err)
			}
		}
		for _, option := range []mtstates.PoolOption{mtstates.PoolSize(-3, 1), mtstates.PoolSize(0, -3), mtstates.PoolSize(3, 1)} {
			if _, err := mtstates.NewPool(r, "return print", option); err == nil || !strings.Contains(err.Error(), "3") {
				t.Errorf("a pool: %v", err)
			}
		}
		if r.Len() != 0 {
			t.Errorf("%d states are left", r.Len())
		}
	})
}
