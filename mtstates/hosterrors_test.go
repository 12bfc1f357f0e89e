package mtstates_test

import (
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/conformance/hosttest"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/modules"
)

// brokenError panics when it is asked for its message.
type brokenError struct{ text *string }

func (e *brokenError) Error() string { return *e.text }

// failing returns a module with a function that ends as the test says.
func failing(end func(s backend.VM) int) mtstates.Option {
	return mtstates.WithModules(mtstates.Module{Name: "failing", Open: func(_ *mtstates.Registry, s backend.VM) int {
		s.PushFunction(end)
		return 1
	}})
}

const failingSetup = `
	local fail = require "failing"
	return function(how)
		if how == "fine" then return how end
		if how == "text" then local _, e = pcall(function() fail() end) return e end
		fail()
	end`

// TestHostErrors checks that errors of Go functions keep their identity on their way through Lua, also through two states.
func TestHostErrors(t *testing.T) {
	failure := errors.New("no such luck")
	wrapped := fmt.Errorf("while closing: %w", mtstates.ErrObjectClosed.With("it is"))
	onAll(t, func(t *testing.T, b backend.Backend) {
		for name, test := range map[string]struct {
			end  func(s backend.VM) int
			is   error
			text string // that scripts see
		}{
			"raise":         {func(s backend.VM) int { return modules.Raise(s, failure) }, failure, ":5: no such luck"},
			"raise wrapped": {func(s backend.VM) int { return modules.Raise(s, wrapped) }, mtstates.ErrObjectClosed, ":5: " + wrapped.Error()},
			"panic":         {func(backend.VM) int { panic(failure) }, failure, "no such luck"},
			"panic wrapped": {func(backend.VM) int { panic(wrapped) }, mtstates.ErrObjectClosed, wrapped.Error()},
			"userdata": {func(s backend.VM) int {
				s.PushUserdata(io.EOF, "none")
				return s.Error()
			}, io.EOF, ""},
			"joined": {func(s backend.VM) int {
				s.PushUserdata(errors.Join(io.EOF, wrapped), "none")
				return s.Error()
			}, mtstates.ErrObjectClosed, ""},
		} {
			t.Run(name, func(t *testing.T) {
				r := hosttest.Registry(t, b, failing(test.end))
				st, _, err := r.NewState(t.Context(), failingSetup, mtstates.Named("inner"))
				if err != nil {
					t.Fatal(err)
				}
				if _, err := st.Call(t.Context()); !errors.Is(err, test.is) || !errors.Is(err, mtstates.ErrInvokingState) {
					t.Errorf("%v is not %v", err, test.is)
				}
				if test.text != "" {
					if got, err := st.Call(t.Context(), "text"); err != nil || !strings.HasSuffix(got[0].(string), test.text) {
						t.Errorf("scripts see %v %v, want %s", got, err, test.text)
					}
				}
				outer, _, err := r.NewState(t.Context(), `return function() require("mtstates").state("inner"):call() end`)
				if err != nil {
					t.Fatal(err)
				}
				if _, err := outer.Call(t.Context()); !errors.Is(err, test.is) {
					t.Errorf("through two states: %v is not %v", err, test.is)
				}
				runtime.KeepAlive(st)
			})
		}
	})
}

// TestBrokenErrors checks that an error which cannot say what it is does no harm.
func TestBrokenErrors(t *testing.T) {
	var none *mtstates.Error
	for name, broken := range map[string]error{"panics": &brokenError{}, "nil": none, "wraps nil": fmt.Errorf("nil: %w", none)} {
		raise := func(s backend.VM) int {
			s.PushUserdata(broken, "none")
			return s.Error()
		}
		for way, end := range map[string]func(backend.VM) int{
			"userdata": raise,
			"raise":    func(s backend.VM) int { return modules.Raise(s, broken) },
			"panic":    func(backend.VM) int { panic(broken) },
		} {
			onAll(t, func(t *testing.T, b backend.Backend) {
				r := hosttest.Registry(t, b, failing(end))
				st, _, err := r.NewState(t.Context(), failingSetup, mtstates.Named("inner"))
				if err != nil {
					t.Fatal(err)
				}
				_, err = st.Call(t.Context())
				if !errors.Is(err, mtstates.ErrInvokingState) || errors.Is(err, mtstates.ErrObjectClosed) {
					t.Errorf("%s, %s: %v", name, way, err)
				}
				caller, _, err := r.NewState(t.Context(), `
					local inner = require("mtstates").state("inner")
					return function() return select(2, pcall(inner.call, inner)):name(), inner:call("fine") end`)
				if err != nil {
					t.Fatal(err)
				}
				got, err := caller.Call(t.Context())
				if err != nil || got[0] != "mtstates.error.invoking_state" || got[1] != "fine" {
					t.Errorf("%s, %s: %v %v", name, way, got, err)
				}
				if _, _, err := r.NewState(t.Context(), `require "failing" ()`, mtstates.Named("setup")); !errors.Is(err, mtstates.ErrInvokingState) {
					t.Errorf("%s, %s: %v", name, way, err)
				}
				runtime.KeepAlive(st)
			})
		}
	}
}
