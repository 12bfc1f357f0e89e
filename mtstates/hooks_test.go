package mtstates_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"strings"
	"testing"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/conformance/hosttest"
	"github.com/mtstates/go-mtstates/mtstates"
)

func TestCallHooks(t *testing.T) {
	ctx := context.WithValue(t.Context(), requestKey{}, "request")
	onAll(t, func(t *testing.T, b backend.Backend) {
		var events []string
		hook := func(name string) mtstates.Option {
			return mtstates.WithCallHook(func(ctx context.Context, st *mtstates.State) (context.Context, func(error)) {
				label, _ := st.Name()
				events = append(events, fmt.Sprint(name, " begin ", label, " ", ctx.Value(requestKey{})))
				return nil, func(err error) {
					events = append(events, fmt.Sprint(name, " end ", label, " ", errors.Is(err, mtstates.ErrInvokingState)))
				}
			})
		}
		var log bytes.Buffer
		r := hosttest.Registry(t, b, hook("1"), hook("2"), mtstates.WithCallHook(nil),
			mtstates.WithCallHook(func(context.Context, *mtstates.State) (context.Context, func(error)) { panic("in a hook") }),
			mtstates.WithCallHook(func(context.Context, *mtstates.State) (context.Context, func(error)) { return nil, nil }),
			mtstates.WithLogger(slog.New(slog.NewTextHandler(&log, nil))))
		inner, _, err := r.NewState(ctx, "return function() error('no') end", mtstates.Named("inner"))
		if err != nil {
			t.Fatal(err)
		}
		outer, _, err := r.NewState(ctx, "local inner = require('mtstates').state('inner') return function() return (pcall(inner.call, inner)) end", mtstates.Named("outer"))
		if err != nil {
			t.Fatal(err)
		}
		if results, err := outer.Call(ctx); err != nil || results[0] != false {
			t.Error(results, err)
		}
		want := "1 begin outer request, 2 begin outer request, 1 begin inner request, 2 begin inner request, " +
			"2 end inner true, 1 end inner true, 2 end outer false, 1 end outer false"
		if got := strings.Join(events, ", "); got != want {
			t.Errorf("%s, want %s", got, want)
		}
		if text := log.String(); strings.Count(text, "\n") != 1 || !strings.Contains(text, "level=WARN") || !strings.Contains(text, "state=inner") ||
			!strings.Contains(text, "error=") || !strings.Contains(text, "duration=") {
			t.Error(text)
		}
		runtime.KeepAlive(inner)
	})
}

// A function of the host may end the goroutine, as t.Fatal does.
func TestGoexit(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		r := hosttest.Registry(t, b, mtstates.WithGo("host", map[string]any{"exit": runtime.Goexit}))
		inner, _, err := r.NewState(t.Context(), "local host = require 'host' return function() pcall(host.exit) end", mtstates.Named("inner"))
		if err != nil {
			t.Fatal(err)
		}
		outer, _, err := r.NewState(t.Context(), "local inner = require('mtstates').state('inner') return function() inner:call() end")
		if err != nil {
			t.Fatal(err)
		}
		ended := make(chan bool)
		go func() {
			returned := false
			defer func() { ended <- returned }()
			_, _ = outer.Call(t.Context())
			returned = true
		}()
		if <-ended {
			t.Error("the call returned")
		}
		for _, st := range []*mtstates.State{inner, outer} {
			if _, err := st.Call(t.Context()); !errors.Is(err, mtstates.ErrObjectClosed) {
				t.Error(err)
			}
		}
		go func() {
			defer close(ended)
			_, _, _ = r.NewState(t.Context(), "require('host').exit()", mtstates.Named("setup"))
		}()
		<-ended
		if _, err := r.StateByName("setup"); !errors.Is(err, mtstates.ErrUnknownObject) || r.Len() != 0 {
			t.Error(err, r.Len())
		}
	})
}

// A handler that panics, or is nil, does no harm.
func TestFaultyHandlers(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		for _, handle := range []func(error){nil, func(error) { panic("in a handler") }} {
			st, _, err := hosttest.Registry(t, b, mtstates.WithNotifyErrors(handle)).NewState(t.Context(), "return function(x) return x + 1 end")
			if err != nil {
				t.Fatal(err)
			}
			st.Notify()
			if results, err := st.Call(t.Context(), 1); err != nil || results[0] != 2.0 {
				t.Error(results, err)
			}
		}
	})
}

// The functions of a call, and the calls that it makes, see the context that a hook returns.
func TestCallHookContext(t *testing.T) {
	type depthKey struct{}
	var seen []int
	nesting := func(ctx context.Context, _ *mtstates.State) (context.Context, func(error)) {
		depth, _ := ctx.Value(depthKey{}).(int)
		return context.WithValue(ctx, depthKey{}, depth+1), nil
	}
	onAll(t, func(t *testing.T, b backend.Backend) {
		seen = nil
		var goInner *mtstates.State
		r := hosttest.Registry(t, b, mtstates.WithGo("look", map[string]any{
			"here":  func(ctx context.Context) { seen = append(seen, ctx.Value(depthKey{}).(int)) },
			"there": func(ctx context.Context) (mtstates.Results, error) { return goInner.Call(ctx) },
		}))
		r.AddCallHook(nesting)
		inner, _, err := r.NewState(t.Context(), "return require('look').here", mtstates.Named("inner"))
		if err != nil {
			t.Fatal(err)
		}
		goInner = inner
		outer, _, err := r.NewState(t.Context(), `
			local look, inner = require "look", require("mtstates").state("inner")
			return function() look.here() inner:call() look.there() look.here() end`)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			seen = nil
			if _, err := outer.Call(t.Context()); err != nil || fmt.Sprint(seen) != "[1 2 2 1]" {
				t.Errorf("the functions see %v, %v", seen, err)
			}
		}
		// A deadlock is found through the context of the hook.
		goInner = outer
		if _, err := outer.Call(t.Context()); !errors.Is(err, mtstates.ErrDeadlock) {
			t.Error(err)
		}
		runtime.KeepAlive(inner)
	})
}

// A hook that ends the goroutine closes the state, as a function that does so.
func TestGoexitInHook(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		for name, hook := range map[string]mtstates.CallHook{
			"begin": func(context.Context, *mtstates.State) (context.Context, func(error)) {
				runtime.Goexit()
				return nil, nil
			},
			"end": func(context.Context, *mtstates.State) (context.Context, func(error)) {
				return nil, func(error) { runtime.Goexit() }
			},
		} {
			r := hosttest.Registry(t, b)
			st, _, err := r.NewState(t.Context(), "return function(...) return ... end")
			if err != nil {
				t.Fatal(err)
			}
			r.AddCallHook(hook)
			ended := make(chan struct{})
			go func() {
				defer close(ended)
				_, _ = st.Call(t.Context(), 1)
			}()
			<-ended
			if _, err := st.TryCall(t.Context(), 2); !errors.Is(err, mtstates.ErrObjectClosed) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

// Calls inside of other calls of the state are hooked, counted and may fail, too.
func TestHooksOfReentrantCalls(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		var events []string
		r := hosttest.Registry(t, b, mtstates.WithEdition("0.4"), mtstates.WithCallHook(
			func(context.Context, *mtstates.State) (context.Context, func(error)) {
				events = append(events, "begin")
				return nil, func(err error) { events = append(events, fmt.Sprint("end ", err == nil)) }
			}))
		st, _, err := r.NewState(t.Context(), `
			local me
			return function(depth)
				me = me or require("mtstates").state("me")
				if depth == 0 then error("no") end
				return pcall(me.call, me, depth - 1)
			end`, mtstates.Named("me"))
		if err != nil {
			t.Fatal(err)
		}
		if results, err := st.Call(t.Context(), 2); err != nil || results[0] != true {
			t.Error(results, err)
		}
		if got, want := strings.Join(events, ", "), "begin, begin, begin, end false, end true, end true"; got != want {
			t.Errorf("%s, want %s", got, want)
		}
		if s := st.Stats(); s.Calls != 3 || s.Errors != 1 {
			t.Errorf("%+v", s)
		}
	})
}
