package mtstates_test

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/conformance/hosttest"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/modules"
)

// endless are bodies of callbacks that only the end of the context ends. Each calls begin when it starts.
var endless = map[string]string{
	"loop":     "begin() while true do end",
	"pcall":    "begin() while true do pcall(function() while true do end end) end",
	"xpcall":   "begin() while true do xpcall(function() while true do end end, function() while true do end end) end",
	"nested":   "begin() inner:call()",
	"caught":   "begin() while true do pcall(inner.call, inner) end",
	"newstate": "begin() require('mtstates').newstate('while true do end')",
	"pattern":  "local s = ('a'):rep(5000) begin() while true do pcall(string.find, s, ('a-'):rep(20) .. 'b') end",
	"sort":     "begin() while true do pcall(table.sort, {1, 2, 3}, function() while true do end end) end",
	"load":     "local load = loadstring or load begin() while true do pcall(load('while true do end')) end",
	"coroutine": `
		if not coroutine then begin() while true do end end
		begin() while true do coroutine.wrap(function() while true do end end)() end`,
	"old coroutine": `
		if not coroutine then begin() while true do end end
		begin() while true do coroutine.resume(old) end`,
}

const endlessSetup = `
	local begin, mtstates = require "begin", require "mtstates"
	local inner = mtstates.newstate("return function() while true do end end")
	local old
	return function(innocent)
		if innocent then
			old = coroutine and coroutine.create(function() coroutine.yield() while true do end end)
			if old then coroutine.resume(old) end
			return "innocent"
		end
		%s
	end`

func TestContextEndsCall(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		for name, body := range endless {
			for _, option := range [][]mtstates.Option{nil, {mtstates.WithInterrupt()}} {
				t.Run(name, func(t *testing.T) {
					begun := make(chan struct{})
					r := hosttest.Registry(t, b, append(option, looping(begun))...)
					st, _, err := r.NewState(context.Background(), strings.Replace(endlessSetup, "%s", body, 1))
					if err != nil {
						t.Fatal(err)
					}
					for round := range 3 {
						if got, err := st.Call(context.Background(), true); err != nil || got[0] != "innocent" {
							t.Fatalf("a call without a limit: %v, %v", got, err)
						}
						ctx, cancel := context.WithCancelCause(context.Background())
						for range round * 10 { // so that the state knows the context
							if got, err := st.Call(ctx, true); err != nil || got[0] != "innocent" {
								t.Fatalf("a call before the end of its context: %v, %v", got, err)
							}
						}
						reason := errors.New("reason")
						go func() {
							<-begun
							cancel(reason)
						}()
						_, err := st.Call(ctx)
						if !errors.Is(err, mtstates.ErrInterrupted) || !errors.Is(err, context.Canceled) || !errors.Is(err, reason) {
							t.Fatalf("round %d: %v", round, err)
						}
						if again, err := st.Call(ctx, true); !errors.Is(err, mtstates.ErrInterrupted) || !errors.Is(err, context.Canceled) {
							t.Fatalf("a call with a context that has ended: %v, %v", again, err)
						}
					}
				})
			}
		}
	})
}

func TestContextEndsSetup(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		r := hosttest.Registry(t, b)
		ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
		defer cancel()
		for _, setup := range []string{"while true do end", "while true do pcall(function() while true do end end) end"} {
			_, _, err := r.NewState(ctx, setup, mtstates.Named("endless"))
			if !errors.Is(err, mtstates.ErrInterrupted) || !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("a setup: %v", err)
			}
			if r.Len() != 0 {
				t.Error("a state is left")
			}
		}
	})
}

// TestContextInGo checks that Go functions get the values of the context, and hand it on to further states.
func TestContextInGo(t *testing.T) {
	type key struct{}
	onAll(t, func(t *testing.T, b backend.Backend) {
		var inner *mtstates.State
		module := mtstates.Module{Name: "value", Open: func(_ *mtstates.Registry, s backend.VM) int {
			s.PushFunction(func(s backend.VM) int {
				ctx := s.Env().Context()
				if text, ok := ctx.Value(key{}).(string); ok {
					s.PushString(text)
					return 1
				}
				_, err := inner.Call(ctx)
				return modules.Raise(s, err)
			})
			return 1
		}}
		r := hosttest.Registry(t, b, mtstates.WithModules(module))
		var err error
		if inner, _, err = r.NewState(t.Context(), "return function() while true do end end"); err != nil {
			t.Fatal(err)
		}
		outer, _, err := r.NewState(t.Context(), "local value = require 'value' return function() return value() end")
		if err != nil {
			t.Fatal(err)
		}
		for _, value := range []string{"first", "second"} {
			got, err := outer.Call(context.WithValue(context.Background(), key{}, value))
			if err != nil || got[0] != value {
				t.Errorf("the function gets %v, %v", got, err)
			}
		}
		ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
		defer cancel()
		if _, err := outer.Call(ctx); !errors.Is(err, mtstates.ErrInterrupted) || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("the function's call: %v", err)
		}
	})
}

// A context of many calls that ends between two of them, or during a call without it, ends none of the others.
func TestContextOfManyCalls(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		begun, proceed := make(chan struct{}), make(chan struct{})
		r := hosttest.Registry(t, b, looping(begun), mtstates.WithGo("proceed", map[string]any{"wait": func() { <-proceed }}))
		st, _, err := r.NewState(t.Context(), `
			local begin, wait = require "begin", require "proceed".wait
			return function(long)
				if long then
					begin()
					wait()
					for i = 1, 100000 do end
				end
				return "done"
			end`)
		if err != nil {
			t.Fatal(err)
		}
		call := func(ctx context.Context, long bool) {
			t.Helper()
			if got, err := st.Call(ctx, long); err != nil || got[0] != "done" {
				t.Fatalf("%v, %v", got, err)
			}
		}
		for name, next := range map[string]func(cancel func()){
			"idle": func(cancel func()) {
				cancel()
				call(context.Background(), false)
				call(t.Context(), false)
			},
			"a call without a context": func(cancel func()) {
				go func() {
					<-begun
					cancel()
					proceed <- struct{}{}
				}()
				call(context.Background(), true)
			},
			"a call with another context": func(cancel func()) {
				other, done := context.WithTimeout(t.Context(), time.Hour)
				defer done()
				go func() {
					<-begun
					cancel()
					proceed <- struct{}{}
				}()
				call(other, true)
			},
		} {
			t.Run(name, func(t *testing.T) {
				ctx, cancel := context.WithCancel(context.Background())
				for range 50 {
					call(ctx, false)
				}
				next(cancel)
				if got, err := st.Call(ctx, false); !errors.Is(err, context.Canceled) {
					t.Errorf("a call with the context that has ended: %v, %v", got, err)
				}
			})
		}
	})
}

// A context of many calls does not keep the state that was called.
func TestContextKeepsNoState(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		st, _, err := hosttest.Registry(t, b).NewState(ctx, "return function() end")
		if err != nil {
			t.Fatal(err)
		}
		for range 50 {
			if _, err := st.Call(ctx); err != nil {
				t.Fatal(err)
			}
		}
		collected := make(chan struct{})
		runtime.AddCleanup(st, func(c chan struct{}) { close(c) }, collected)
		for {
			runtime.GC()
			select {
			case <-collected:
				return
			case <-time.After(time.Millisecond):
			}
		}
	})
}
