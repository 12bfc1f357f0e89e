package mtstates_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/conformance/hosttest"
	"github.com/mtstates/go-mtstates/mtstates"
)

// TestMisuse checks what a program with a slip is told.
func TestMisuse(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		r := hosttest.Registry(t, b)
		st, _, err := r.NewState(t.Context(), "return function(...) return ... end")
		if err != nil {
			t.Fatal(err)
		}
		var none context.Context
		var table *mtstates.Table
		for _, test := range []struct {
			name string
			do   func() error
			want []string // in the error or panic; none if there is none
		}{
			{"no context", func() error { _, err := st.Call(none); return err }, []string{"mtstates: nil context"}},
			{"no context for a setup", func() error { _, _, err := r.NewState(none, "return print"); return err }, []string{"mtstates: nil context"}},
			{"no registry", func() error { _, err := mtstates.NewPool(nil, "return print"); return err }, []string{"no registry is given"}},
			{"no backend", func() error { _, err := mtstates.NewRegistry(nil); return err }, []string{"no backend is given"}},
			{"no option", func() error { _, err := mtstates.NewRegistry(b, nil); return err }, nil},
			{"no state option", func() error { _, _, err := r.NewState(t.Context(), "return print", nil); return err }, nil},
			{"no pool option", func() error { _, err := mtstates.NewPool(r, "return print", nil); return err }, nil},
			{"all wrong", func() error {
				_, err := mtstates.NewRegistry(b, mtstates.WithLibraries("foo", "string", "bar"), mtstates.WithMaxStates(-1), mtstates.WithMaxString(-2))
				return err
			}, []string{`no library "foo"`, `no library "bar"`, "the limit of -1 states", "the limit of -2 bytes"}},
			{"nothing to scan into", func() error { return mtstates.Results{1.0, 2.0}.Scan(nil, new(int)) }, []string{"bad result #1", "not a pointer"}},
			{"too few destinations", func() error { return mtstates.Results{1.0, 2.0}.Scan(new(int)) }, []string{"expected 2 destinations, got 1"}},
			{"no table", func() error {
				for range table.All() {
					return errors.New("a field")
				}
				if table.Len() != 0 || table.Get("x") != nil {
					return errors.New("a field")
				}
				return table.Scan(new(map[string]any))
			}, nil},
		} {
			err := func() (err error) {
				defer func() {
					if v := recover(); v != nil {
						err = fmt.Errorf("%v", v)
					}
				}()
				return test.do()
			}()
			if (err == nil) != (test.want == nil) {
				t.Errorf("%s: %v", test.name, err)
				continue
			}
			for _, want := range test.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("%s: %v, want %s", test.name, err, want)
				}
			}
		}
		if got, err := st.Call(t.Context(), 1); err != nil || got[0] != 1.0 {
			t.Errorf("afterwards: %v, %v", got, err)
		}
	})
}

// wild is a value whose conversion panics.
type wild struct{ N int }

var errWild = errors.New("wild")

func (wild) MarshalText() ([]byte, error)  { panic(errWild) }
func (*wild) UnmarshalText(b []byte) error { panic(errWild) }

// A panic while arguments or results of a Go function are converted is an error like one in the function.
func TestPanicInConversion(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		r := hosttest.Registry(t, b, mtstates.WithGo("wild", map[string]any{
			"take":  func(wild) {},
			"field": func(struct{ W wild }) {},
			"give":  func() wild { return wild{} },
			"list":  func() []any { return []any{1, wild{}} },
			"raise": func() { panic(errWild) },
		}))
		st, _, err := r.NewState(t.Context(), "local wild = require 'wild' return function(name, ...) return wild[name](...) end")
		if err != nil {
			t.Fatal(err)
		}
		for _, args := range [][]any{{"take", "x"}, {"field", map[string]any{"w": "x"}}, {"give"}, {"list"}, {"raise"}} {
			_, err := st.Call(t.Context(), args...)
			var panicked *mtstates.PanicError
			if !errors.Is(err, mtstates.ErrInvokingState) || !errors.Is(err, errWild) || !errors.As(err, &panicked) || len(panicked.Stack) == 0 {
				t.Errorf("%v: %v", args, err)
			}
		}
	})
}
