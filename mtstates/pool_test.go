package mtstates_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/conformance/hosttest"
	"github.com/mtstates/go-mtstates/mtstates"
)

func newPool(t *testing.T, r *mtstates.Registry, setup string, options ...mtstates.PoolOption) *mtstates.Pool {
	t.Helper()
	p, err := mtstates.NewPool(r, setup, options...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Close() })
	return p
}

func TestPoolGrowsAndWaits(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		g := newGate()
		p := newPool(t, hosttest.Registry(t, b, g.option()), gated, mtstates.PoolSize(1, 3), mtstates.Named("worker"))
		if s := p.Stats(); s.Size != 1 || s.Idle != 1 || s.Created != 1 {
			t.Errorf("a new pool: %+v", s)
		}
		results := make(chan error, 10)
		for range 3 {
			go func() { _, err := p.Call(t.Context(), true, 1); results <- err }()
			<-g.entered
		}
		ctx, cancel := context.WithCancel(t.Context())
		go func() { _, err := p.Call(ctx, false, 2); results <- err }()
		for p.Stats().Waiting != 1 {
			runtime.Gosched()
		}
		go func() { _, err := p.Call(t.Context(), false, 2); results <- err }()
		for p.Stats().Waiting != 2 {
			runtime.Gosched()
		}
		cancel()
		if err := <-results; !errors.Is(err, mtstates.ErrInterrupted) || !errors.Is(err, context.Canceled) {
			t.Errorf("a wait that its context ends: %v", err)
		}
		for range 3 {
			g.leave <- struct{}{}
		}
		for range 4 {
			if err := <-results; err != nil {
				t.Error(err)
			}
		}
		if s := p.Stats(); s.Size != 3 || s.InUse != 0 || s.Calls != 5 || s.Waits != 2 {
			t.Errorf("at the end: %+v", s)
		}
		p.Close()
		if _, err := p.Call(t.Context()); !errors.Is(err, mtstates.ErrObjectClosed) {
			t.Errorf("a closed pool: %v", err)
		}
		if s := p.Stats(); s.Size != 0 || s.Created != s.Discarded {
			t.Errorf("a closed pool: %+v", s)
		}
	})
}

func TestPoolShrinks(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		r := hosttest.Registry(t, b)
		p := newPool(t, r, "return function() end", mtstates.PoolSize(1, 4), mtstates.PoolIdle(time.Millisecond))
		var group sync.WaitGroup
		var inside sync.WaitGroup
		inside.Add(4)
		for range 4 {
			group.Go(func() {
				err := p.Do(t.Context(), func(st *mtstates.State) error {
					inside.Done()
					inside.Wait()
					_, err := st.Call(t.Context())
					return err
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		for p.Stats().Discarded != 3 {
			runtime.Gosched()
		}
		if s := p.Stats(); s.Size != 1 || s.Idle != 1 {
			t.Errorf("%+v", s)
		}
	})
}

// TestPoolReplace replaces the setup again and again while calls are made: none fails, each is made once, and no call
// that begins after a replacement runs old code.
func TestPoolReplace(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		var made atomic.Int64
		counting := mtstates.Module{Name: "count", Open: func(_ *mtstates.Registry, s backend.VM) int {
			s.PushFunction(func(backend.VM) int { made.Add(1); return 0 })
			return 1
		}}
		setup := func(version int64) string {
			return fmt.Sprintf("local count = require 'count' return function() count() return %d end", version)
		}
		p := newPool(t, hosttest.Registry(t, b, mtstates.WithModules(counting)), setup(0), mtstates.PoolSize(2, 4))
		var version, calls atomic.Int64
		var group sync.WaitGroup
		done := make(chan struct{})
		for range 6 {
			group.Go(func() {
				for {
					select {
					case <-done:
						return
					default:
					}
					least := version.Load()
					got, err := p.Call(t.Context())
					if err != nil || int64(got[0].(float64)) < least {
						t.Errorf("version %v, %v, want at least %d", got, err, least)
						return
					}
					calls.Add(1)
				}
			})
		}
		for v := range int64(20) {
			if err := p.Replace(t.Context(), setup(v+1)); err != nil {
				t.Fatal(err)
			}
			version.Store(v + 1)
		}
		if err := p.Replace(t.Context(), "no Lua"); err == nil {
			t.Error("a wrong setup replaces a right one")
		}
		close(done)
		group.Wait()
		if made.Load() != calls.Load() {
			t.Errorf("%d calls were made, %d have succeeded", made.Load(), calls.Load())
		}
		if got, err := p.Call(t.Context()); err != nil || got[0] != 20.0 {
			t.Errorf("at the end: %v, %v", got, err)
		}
	})
}

func TestPoolRenews(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		r := hosttest.Registry(t, b, mtstates.WithMaxString(1000))
		p := newPool(t, r, "local n = 0 return function(big) n = n + 1 if big then return ('x'):rep(2000) end return n end",
			mtstates.PoolSize(1, 1), mtstates.PoolCalls(3))
		want := func(n float64) {
			t.Helper()
			if got, err := p.Call(t.Context()); err != nil || got[0] != n {
				t.Errorf("got %v, %v, want %v", got, err, n)
			}
		}
		want(1)
		want(2)
		want(3)
		want(1)
		if _, err := p.Call(t.Context(), true); !errors.Is(err, mtstates.ErrOutOfMemory) {
			t.Error(err)
		}
		want(1)
		err := p.Do(t.Context(), func(st *mtstates.State) error { return st.Close() })
		if err != nil {
			t.Error(err)
		}
		want(1)
		for _, sizes := range [][2]int{{-1, 2}, {0, 0}, {3, 2}} {
			if p, err := mtstates.NewPool(r, "return print", mtstates.PoolSize(sizes[0], sizes[1])); err == nil || p != nil {
				t.Errorf("%v: no error", sizes)
			}
		}
	})
}

// TestPoolRefills closes states: the pool makes as many as it has at least, without a call, and TryCall does not take a state
// that is being made for one that is in use.
func TestPoolRefills(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		p := newPool(t, hosttest.Registry(t, b), "return function() end", mtstates.PoolSize(2, 2), mtstates.PoolCalls(1))
		for range 20 {
			if _, err := p.TryCall(t.Context()); err != nil {
				t.Error(err)
			}
		}
		for p.Stats().Idle < 2 {
			runtime.Gosched()
		}
		if s := p.Stats(); s.Size != 2 || s.InUse != 0 || s.Created != 22 || s.Discarded != 20 {
			t.Errorf("%+v", s)
		}
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	})
}

// pools is a module with functions that call the pools of a test.
func pools(list map[string]*mtstates.Pool, states map[string]*mtstates.State, meet func()) mtstates.Option {
	return mtstates.WithGo("pools", map[string]any{
		"call": func(ctx context.Context, name string, args ...string) error {
			var err error
			if p := list[name]; p != nil {
				_, err = p.Call(ctx, toAny(args)...)
			} else {
				_, err = states[name].Call(ctx, toAny(args)...)
			}
			return err
		},
		"meet": meet,
	})
}

func toAny(list []string) []any {
	all := make([]any, len(list))
	for i, s := range list {
		all[i] = s
	}
	return all
}

// poolWalk calls the pools and states that its arguments name, each from the one before; "meet" waits for the others.
const poolWalk = `
	local pools = require "pools"
	return function(first, ...)
		if first == "meet" then
			pools.meet()
			first = ...
			if first then pools.call(...) end
		elseif first then
			pools.call(first, ...)
		end
	end`

// TestPoolDeadlock lets calls wait for pools whose states wait for them, in one thread and in several.
func TestPoolDeadlock(t *testing.T) {
	for _, test := range []struct {
		name  string
		paths []string // of threads that go on together at "meet"
		// deadlocks is how many of them find that they would wait for ever; the others end then.
		deadlocks int
	}{
		{"itself", []string{"three three three three"}, 1},
		{"enough", []string{"three three three"}, 0},
		{"through a state", []string{"one state one"}, 1},
		{"through another pool", []string{"one two two one"}, 1},
		{"two threads", []string{"two meet two", "two meet two"}, 1},
		{"two pools", []string{"one meet single", "single meet one"}, 1},
		{"a pool and a state", []string{"one meet state", "state meet one"}, 1},
		{"one state is left", []string{"two meet state", "state meet two"}, 0},
		{"three threads", []string{"two meet state", "two meet two", "state meet two"}, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			onAll(t, func(t *testing.T, b backend.Backend) {
				var met sync.WaitGroup
				met.Add(len(test.paths))
				list, states := map[string]*mtstates.Pool{}, map[string]*mtstates.State{}
				r := hosttest.Registry(t, b, pools(list, states, func() { met.Done(); met.Wait() }))
				for name, max := range map[string]int{"one": 1, "single": 1, "two": 2, "three": 3} {
					list[name] = newPool(t, r, poolWalk, mtstates.PoolSize(0, max), mtstates.Named(name))
				}
				var err error
				if states["state"], _, err = r.NewState(t.Context(), poolWalk, mtstates.Named("state")); err != nil {
					t.Fatal(err)
				}
				errs := make(chan error)
				for _, path := range test.paths {
					names := strings.Fields(path)
					go func() {
						var err error
						if p := list[names[0]]; p != nil {
							_, err = p.Call(context.Background(), toAny(names[1:])...)
						} else {
							_, err = states[names[0]].Call(context.Background(), toAny(names[1:])...)
						}
						errs <- err
					}()
				}
				deadlocks := 0
				for range test.paths {
					if err := <-errs; errors.Is(err, mtstates.ErrDeadlock) {
						deadlocks++
						if !strings.Contains(err.Error(), " waits for ") {
							t.Errorf("the chain is missing in %v", err)
						}
					} else if err != nil {
						t.Error(err)
					}
				}
				if deadlocks != test.deadlocks {
					t.Errorf("%d deadlocks, want %d", deadlocks, test.deadlocks)
				}
			})
		})
	}
}

func TestPoolTryCall(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		g := newGate()
		p := newPool(t, hosttest.Registry(t, b, g.option()), gated, mtstates.PoolSize(0, 2))
		results := make(chan error)
		for range 2 {
			go func() { _, err := p.TryCall(t.Context(), true, 1); results <- err }()
			<-g.entered
		}
		if _, err := p.TryCall(t.Context(), false, 2); !errors.Is(err, mtstates.ErrConcurrentAccess) {
			t.Errorf("a pool in use: %v", err)
		}
		g.leave <- struct{}{}
		if err := <-results; err != nil {
			t.Error(err)
		}
		if got, err := p.TryCall(t.Context(), false, 2); err != nil || got[0] != "1 2" {
			t.Errorf("a pool with a free state: %v, %v", got, err)
		}
		g.leave <- struct{}{}
		if err := <-results; err != nil {
			t.Error(err)
		}
		if s := p.Stats(); s.Size != 2 || s.Idle != 2 || s.Calls != 4 || s.Errors != 1 || s.Waits != 0 {
			t.Errorf("at the end: %+v", s)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		for name, call := range map[string]func() error{
			"Call":    func() error { _, err := p.Call(ctx, false, 1); return err },
			"TryCall": func() error { _, err := p.TryCall(ctx, false, 1); return err },
			"Do":      func() error { return p.Do(ctx, func(*mtstates.State) error { t.Error("used"); return nil }) },
		} {
			if err := call(); !errors.Is(err, context.Canceled) || !errors.Is(err, mtstates.ErrInterrupted) {
				t.Errorf("%s with a context that has ended: %v", name, err)
			}
		}
	})
}

// A setup, a callback or a use that ends the goroutine, or panics, takes no state and no room away from the pool.
func TestPoolGoexit(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		var inSetup atomic.Bool
		exit := mtstates.WithGo("host", map[string]any{"setup": func() {
			if inSetup.Load() {
				runtime.Goexit()
			}
		}, "exit": runtime.Goexit})
		r := hosttest.Registry(t, b, exit)
		const setup = "local host = require 'host' host.setup() return function(leave) if leave then host.exit() end return 1 end"
		p := newPool(t, r, setup, mtstates.PoolSize(0, 1), mtstates.Kept())
		inGoroutine := func(do func()) {
			done := make(chan struct{})
			go func() {
				defer close(done)
				defer func() { _ = recover() }()
				do()
			}()
			<-done
		}
		for _, do := range []func(){
			func() { inSetup.Store(true); _, _ = p.Call(t.Context()) },
			func() { inSetup.Store(true); _ = p.Replace(t.Context(), setup) },
			func() {
				inSetup.Store(true)
				_, _ = mtstates.NewPool(r, setup, mtstates.PoolSize(2, 2), mtstates.Kept())
			},
			func() { _, _ = p.Call(t.Context(), true) },
			func() { _ = p.Do(t.Context(), func(*mtstates.State) error { runtime.Goexit(); return nil }) },
			func() { _ = p.Do(t.Context(), func(*mtstates.State) error { panic("in a use") }) },
		} {
			inGoroutine(do)
			inSetup.Store(false)
			if got, err := p.Call(t.Context()); err != nil || got[0] != 1.0 {
				t.Errorf("afterwards: %v, %v", got, err)
			}
		}
		if s := p.Stats(); s.Size != 1 || s.Idle != 1 || r.Len() != 1 {
			t.Errorf("%+v, %d states", s, r.Len())
		}
	})
}

// A state that a use has given to another goroutine is closed when that has ended.
func TestPoolStateInUse(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		g := newGate()
		r := hosttest.Registry(t, b, g.option())
		p := newPool(t, r, gated, mtstates.PoolSize(0, 1), mtstates.PoolCalls(1), mtstates.Kept())
		ended := make(chan error)
		err := p.Do(t.Context(), func(st *mtstates.State) error {
			go func() { _, err := st.Call(context.Background(), true, 1); ended <- err }()
			<-g.entered
			return nil
		})
		if err != nil {
			t.Error(err)
		}
		if got, err := p.Call(t.Context(), false, 2); err != nil || got[0] != "2" {
			t.Errorf("the next state: %v, %v", got, err)
		}
		g.leave <- struct{}{}
		if err := <-ended; err != nil {
			t.Error(err)
		}
		if r.Len() != 0 {
			t.Errorf("%d states are left", r.Len())
		}
	})
}
