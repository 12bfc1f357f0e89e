package cluster_test

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/conformance/backends"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/cluster"
)

// player counts its calls and returns the number, its name, and what Arguments gave it.
const player = `local name, where = ... local n = 0 return function() n = n + 1 return n, name, where end`

func (m member) activate(t testing.TB, pattern, setup string, options ...cluster.ActivateOption) {
	t.Helper()
	if err := m.Activate(pattern, setup, options...); err != nil {
		t.Fatal(err)
	}
}

func where(text string) cluster.ActivateOption { return cluster.States(mtstates.Arguments(text)) }

// A virtual state is made by its first call, once, and the states spread over the nodes.
func TestActivate(t *testing.T) {
	each(t, func(t *testing.T, caller, callee backend.Backend) {
		a, b, c := join(t, callee), join(t, callee), join(t, caller)
		a.activate(t, "player/*", player, where("a"))
		b.activate(t, "player/*", player, where("b"))
		counts := map[any]int{}
		for i := range 60 {
			name := fmt.Sprint("player/", i)
			var group sync.WaitGroup
			var sum atomic.Int64
			for _, m := range []member{a, b, c} {
				group.Go(func() {
					results, err := m.lookup(t, name).Call(t.Context())
					if err != nil || results[1] != name {
						t.Error(results, err)
						return
					}
					sum.Add(int64(results[0].(float64)))
				})
			}
			group.Wait()
			if sum.Load() != 1+2+3 {
				t.Errorf("%s: the sum of three calls is %d", name, sum.Load())
			}
			results, err := c.lookup(t, name).Call(t.Context())
			if err != nil || results[0] != 4.0 {
				t.Fatal(results, err)
			}
			counts[results[2]]++
		}
		if counts["a"] < 15 || counts["b"] < 15 {
			t.Errorf("the states are on %v", counts)
		}
		if _, err := c.States.Lookup(t.Context(), "player/x/y"); !errors.Is(err, mtstates.ErrUnknownObject) {
			t.Error(err)
		}
		if err := c.run(t, `assert(select(2, require("mtstates").state("player/lua"):call()) == "player/lua")`); err != nil {
			t.Error(err)
		}
	})
}

func TestActivateRefused(t *testing.T) {
	a := join(t, backends.All()[0])
	a.activate(t, "bad/*", "error('no')")
	a.activate(t, "none/*", "return 1")
	for name, want := range map[string]error{"bad/1": mtstates.ErrInvokingState, "none/1": mtstates.ErrStateResult} {
		for range 2 { // the second call tries again
			if _, err := a.lookup(t, name).Call(t.Context()); !errors.Is(err, want) {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	for pattern, option := range map[string]cluster.ActivateOption{"[": where(""), "bad/*": where(""), "x": cluster.Idle(-1)} {
		if err := a.Activate(pattern, player, option); err == nil {
			t.Errorf("pattern %q is accepted", pattern)
		}
	}
}

// An idle state is closed, and the next call makes it anew.
func TestIdle(t *testing.T) {
	for _, b := range backends.All() {
		t.Run(b.Name(), func(t *testing.T) {
			owner, caller := join(t, b), join(t, b)
			owner.activate(t, "idle/*", player, cluster.Idle(50*time.Millisecond))
			owner.activate(t, "busy/*", player)
			idle, busy := caller.lookup(t, "idle/1"), caller.lookup(t, "busy/1")
			for _, ref := range []mtstates.Ref{idle, busy} {
				if results, err := ref.Call(t.Context()); err != nil || results[0] != 1.0 {
					t.Fatal(results, err)
				}
			}
			deadline := time.Now().Add(10 * time.Second)
			for owner.States.Len() > 1 && time.Now().Before(deadline) {
				runtime.Gosched()
			}
			if results, err := idle.Call(t.Context()); err != nil || results[0] != 1.0 {
				t.Errorf("the idle state: %v %v", results, err)
			}
			if results, err := busy.Call(t.Context()); err != nil || results[0] != 2.0 {
				t.Errorf("the other one: %v %v", results, err)
			}
		})
	}
}

// A virtual state that dies in a call is made anew by the next one.
func TestVirtualDies(t *testing.T) {
	a, b := join(t, backends.All()[0]), join(t, backends.All()[1])
	a.activate(t, "self/*", `return function() return require("mtstates").id and 1 or 2 end`)
	ref := b.lookup(t, "self/1")
	if _, err := ref.Call(t.Context()); err != nil {
		t.Fatal(err)
	}
	for st := range a.States.All() {
		if err := st.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := ref.Call(t.Context()); err != nil {
		t.Errorf("after the close: %v", err)
	}
}

// While nodes are drained one after the other, no call fails, and each activation counts on without a gap.
func TestRollingRestart(t *testing.T) {
	b := backends.All()[0]
	caller := join(t, b)
	number := atomic.Int64{}
	start := func() member {
		m := join(t, b)
		m.activate(t, "r/*", player, where(fmt.Sprint("node ", number.Add(1))))
		return m
	}
	nodes := []member{start(), start(), start()}
	stop := make(chan bool)
	var calls atomic.Int64
	answered := make(chan struct{}) // gets a value for each call, if somebody waits for it
	var group sync.WaitGroup
	for i := range 8 {
		ref := caller.lookup(t, fmt.Sprint("r/", i))
		group.Go(func() {
			last, of := 0.0, any(nil)
			for {
				select {
				case <-stop:
					return
				default:
				}
				results, err := ref.Call(t.Context())
				if err != nil {
					t.Errorf("r/%d: %v", i, err)
					return
				}
				if results[2] == of && results[0] != last+1 || results[2] != of && results[0] != 1.0 {
					t.Errorf("r/%d: call %v of %v follows %v of %v", i, results[0], results[2], last, of)
					return
				}
				last, of = results[0].(float64), results[2]
				calls.Add(1)
				select {
				case answered <- struct{}{}:
				default:
				}
			}
		})
	}
	ended := make(chan struct{}) // also when all callers have failed
	go func() {
		group.Wait()
		close(ended)
	}()
	for i := range nodes {
		for range 100 {
			select {
			case <-answered:
			case <-ended:
			}
		}
		fresh := start()
		if err := nodes[i].Drain(t.Context()); err != nil {
			t.Error(err)
		}
		nodes[i] = fresh
	}
	close(stop)
	group.Wait()
	t.Logf("%d calls", calls.Load())
}

// A node that has left does nothing more, and its names are free at once.
func TestLeave(t *testing.T) {
	for name, leave := range map[string]func(member) error{
		"close": func(m member) error { return m.Close() },
		"drain": func(m member) error { return m.Drain(t.Context()) },
	} {
		t.Run(name, func(t *testing.T) {
			a, b := join(t, backends.All()[0]), join(t, backends.All()[1])
			st := a.share(t, "s", adder)
			ref := b.lookup(t, "s")
			if err := leave(a); err != nil {
				t.Fatal(err)
			}
			if err := a.Close(); err != nil {
				t.Errorf("a second time: %v", err)
			}
			if _, err := ref.Call(t.Context(), 1); !errors.Is(err, mtstates.ErrUnknownObject) {
				t.Errorf("call: %v", err)
			}
			if err := a.Share(t.Context(), st); !errors.Is(err, cluster.ErrLeft) {
				t.Errorf("share: %v", err)
			}
			if err := a.Activate("x", adder); !errors.Is(err, cluster.ErrLeft) {
				t.Errorf("activate: %v", err)
			}
			if err := a.States.Share(t.Context(), st); !errors.Is(err, mtstates.ErrNoCluster) {
				t.Errorf("share of the registry: %v", err)
			}
			b.share(t, "s", adder)
			if results, err := st.Call(t.Context(), 1); err != nil || results[0] != 1.0 {
				t.Errorf("the state itself: %v %v", results, err)
			}
			if _, err := cluster.Join(t.Context(), a.States, cluster.Named("no name")); err == nil || !strings.Contains(err.Error(), `"no name"`) {
				t.Errorf("join: %v", err)
			}
		})
	}
}
