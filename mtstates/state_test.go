package mtstates_test

import (
	"bytes"
	"errors"
	"reflect"
	"strings"
	"sync"
	"testing"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/conformance/backends"
	"github.com/mtstates/go-mtstates/conformance/hosttest"
	"github.com/mtstates/go-mtstates/mtstates"
)

// onAll runs a test on each backend.
func onAll(t *testing.T, run func(t *testing.T, b backend.Backend)) {
	for _, b := range backends.All() {
		t.Run(b.Name(), func(t *testing.T) { run(t, b) })
	}
}

func TestValues(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		echo, extra, err := hosttest.Registry(t, b).NewState(t.Context(), "return function(...) return ... end, 'extra', nil")
		if err != nil || !reflect.DeepEqual(extra, mtstates.Results{"extra", nil}) {
			t.Fatal(extra, err)
		}
		light := backend.LightUserdata{Pointer: t}
		got, err := echo.Call(t.Context(), nil, true, 1.5, 7, int64(1<<53), "a\x00b", light)
		want := mtstates.Results{nil, true, 1.5, 7.0, float64(1 << 53), "a\x00b", light}
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("got %v %v, want %v", got, err, want)
		}
		for i, bad := range []any{int64(1<<53 + 1), make(chan int), []any{make(chan int)}, backend.LightUserdata{Pointer: []int{}},
			backend.LightUserdata{Pointer: struct{ v any }{[]int{1}}}, backend.LightUserdata{Pointer: [1]any{func() {}}}} {
			var arg *mtstates.ArgumentError
			if _, err := echo.Call(t.Context(), "first", bad); !errors.As(err, &arg) || arg.Index != 2 {
				t.Errorf("%d: %v", i, err)
			}
		}
		if got, err := echo.Call(t.Context(), "usable"); err != nil || got[0] != "usable" {
			t.Error(got, err)
		}
	})
}

func TestErrors(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		r := hosttest.Registry(t, b, mtstates.WithMaxStates(2))
		for setup, want := range map[string]error{
			"error('x')": mtstates.ErrInvokingState,
			"x =":        mtstates.ErrInvokingState,
			"return 1":   mtstates.ErrStateResult,
		} {
			if _, _, err := r.NewState(t.Context(), setup, mtstates.Named("n")); !errors.Is(err, want) {
				t.Errorf("%s: %v", setup, err)
			}
			if r.Len() != 0 {
				t.Errorf("%s leaves a state", setup)
			}
		}
		var syntax *backend.SyntaxError
		if _, _, err := r.NewState(t.Context(), "x ="); !errors.As(err, &syntax) {
			t.Errorf("no syntax error inside %v", err)
		}
		first, _, err := r.NewState(t.Context(), "return function() return print end", mtstates.Named("n"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := first.Call(t.Context()); !errors.Is(err, mtstates.ErrStateResult) {
			t.Error(err)
		}
		if _, _, err := r.NewState(t.Context(), "return print", mtstates.Named("n")); !errors.Is(err, mtstates.ErrObjectExists) {
			t.Error(err)
		}
		second, _, err := r.NewState(t.Context(), "return print")
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := r.NewState(t.Context(), "return print"); !errors.Is(err, mtstates.ErrOutOfMemory) {
			t.Error(err)
		}
		if err := errors.Join(first.Close(), first.Close(), second.Close()); err != nil {
			t.Error(err)
		}
		if _, err := r.StateByID(first.ID()); !errors.Is(err, mtstates.ErrUnknownObject) {
			t.Error(err)
		}
	})
}

// TestNestedCause checks that errors.Is sees an error inside a called state.
func TestNestedCause(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		outer, _, err := hosttest.Registry(t, b).NewState(t.Context(), `return function()
			local inner = require("mtstates").newstate("return print")
			inner:close()
			inner:call()
		end`)
		if err != nil {
			t.Fatal(err)
		}
		_, err = outer.Call(t.Context())
		if !errors.Is(err, mtstates.ErrInvokingState) || !errors.Is(err, mtstates.ErrObjectClosed) {
			t.Error(err)
		}
	})
}

func TestNoBackend(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		r := hosttest.Registry(t, b)
		if _, _, err := r.NewState(t.Context(), "return print", mtstates.Named("n"), mtstates.On(nil)); err == nil || r.Len() != 0 {
			t.Error(err, r.Len())
		}
	})
}

// TestWrongOptions checks that a registry reports all that is wrong with its options.
func TestWrongOptions(t *testing.T) {
	if r, err := mtstates.NewRegistry(nil); err == nil || r != nil {
		t.Errorf("a registry without a backend: %v, %v", r, err)
	}
	onAll(t, func(t *testing.T, b backend.Backend) {
		r, err := mtstates.NewRegistry(b, mtstates.WithLibraries("string", "strings", "os.tme", "io.time", "io.stdout"), mtstates.WithMaxStates(-1), mtstates.WithMaxString(-2))
		if r != nil || err == nil {
			t.Fatal(r, err)
		}
		for _, part := range []string{`has no library "strings"`, `no library function "os.tme"`, `no library function "io.time"`, "-1 states is negative", "-2 bytes for strings is negative"} {
			if !strings.Contains(err.Error(), part) {
				t.Errorf("%v does not have %q", err, part)
			}
		}
	})
}

// TestSandbox checks that a state cannot reach the libraries that the host did not give, and sees its modules.
func TestSandbox(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		var out bytes.Buffer
		r := hosttest.Registry(t, b, mtstates.WithLibraries("string", "table"), mtstates.WithStdout(&out),
			mtstates.WithModules(mtstates.Module{Name: "answer", Open: func(_ *mtstates.Registry, s backend.VM) int {
				s.PushNumber(42)
				return 1
			}}))
		st, _, err := r.NewState(t.Context(), `return function()
			print("x", type(string), type(table), io, os, debug)
			for _, name in ipairs { "io", "os", "debug" } do
				assert(not package.loaded[name] and not pcall(require, name), name)
			end
			assert(not package.loadlib and not dofile and not loadfile)
			return require "answer"
		end`)
		if err != nil {
			t.Fatal(err)
		}
		got, err := st.Call(t.Context())
		if err != nil || got[0] != 42.0 || out.String() != "x\ttable\ttable\tnil\tnil\tnil\n" {
			t.Errorf("%v %v, printed %q", got, err, out.String())
		}
	})
}

// TestLimitUnderConcurrency checks that goroutines together get no state more than the limit.
func TestLimitUnderConcurrency(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		r := hosttest.Registry(t, b, mtstates.WithMaxStates(5))
		made := make(chan *mtstates.State, 40)
		var group sync.WaitGroup
		for range cap(made) {
			group.Go(func() {
				st, _, err := r.NewState(t.Context(), "return print")
				if err == nil {
					made <- st
				} else if !errors.Is(err, mtstates.ErrOutOfMemory) {
					t.Error(err)
				}
			})
		}
		group.Wait()
		if len(made) != 5 {
			t.Errorf("%d states, want 5", len(made))
		}
		for range len(made) {
			(<-made).Close()
		}
		if _, _, err := r.NewState(t.Context(), "return print"); err != nil {
			t.Errorf("after closing all: %v", err)
		}
	})
}
