package mtstates_test

import (
	"context"
	"errors"
	"fmt"
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
			time.Sleep(time.Microsecond)
		}
		go func() { _, err := p.Call(t.Context(), false, 2); results <- err }()
		for p.Stats().Waiting != 2 {
			time.Sleep(time.Microsecond)
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
			time.Sleep(time.Millisecond)
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

func TestPoolDeadlock(t *testing.T) {
	onAll(t, func(t *testing.T, b backend.Backend) {
		var p *mtstates.Pool
		again := mtstates.Module{Name: "again", Open: func(_ *mtstates.Registry, s backend.VM) int {
			s.PushFunction(func(s backend.VM) int {
				if _, err := p.Call(s.Env().Context()); err != nil {
					return mtstates.Raise(s, err)
				}
				return 0
			})
			return 1
		}}
		p = newPool(t, hosttest.Registry(t, b, mtstates.WithModules(again)), "return function() require('again')() end", mtstates.PoolSize(0, 3))
		if _, err := p.Call(context.Background()); !errors.Is(err, mtstates.ErrDeadlock) {
			t.Error(err)
		}
	})
}
