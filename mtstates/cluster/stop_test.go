package cluster_test

import (
	"context"
	"errors"
	"runtime"
	"testing"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/conformance/backends"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/cluster"
)

// A context that ends stops the callback in the other process, as it does in the same one.
func TestCancel(t *testing.T) {
	eachAlone(t, func(t *testing.T, b backend.Backend) {
		owner, caller := join(t, b), join(t, b)
		entered := make(chan bool)
		gates.Store(owner.States, func() error { entered <- true; return nil })
		owner.share(t, "slow", `
			local calls = 0
			return function(what)
				calls = calls + 1
				if what == "loop" then require("gate")() while true do end end
				if what == "catch" then
					require("gate")()
					pcall(function() while true do end end)
					while true do end
				end
				return calls
			end`)
		ref := caller.lookup(t, "slow")
		for _, what := range []string{"loop", "catch"} {
			ctx, cancel := context.WithCancel(t.Context())
			failed := make(chan error)
			go func() {
				_, err := ref.Call(ctx, what)
				failed <- err
			}()
			<-entered
			waitCtx, cancelWait := context.WithCancel(t.Context())
			waits := make(chan error)
			go func() {
				_, err := ref.Call(waitCtx)
				waits <- err
			}()
			cancelWait()
			if err := <-waits; !errors.Is(err, mtstates.ErrUnreachable) || cluster.MayHaveRun(err) || !errors.Is(err, context.Canceled) {
				t.Errorf("%s: the call that waits: %v", what, err)
			}
			cancel()
			if err := <-failed; !errors.Is(err, mtstates.ErrInterrupted) || !errors.Is(err, context.Canceled) {
				t.Errorf("%s: %v", what, err)
			}
		}
		if results, err := ref.Call(t.Context()); err != nil || results[0] != 3.0 {
			t.Error(results, err)
		}
	})
}

// A Go function that ends its goroutine closes the state; the node goes on.
func TestGoexit(t *testing.T) {
	eachAlone(t, func(t *testing.T, b backend.Backend) {
		owner, caller := join(t, b), join(t, b)
		gates.Store(owner.States, func() error { runtime.Goexit(); return nil })
		owner.share(t, "ends", `return function(ends) if ends then require("gate")() end end`)
		owner.share(t, "other", `return function() return "here" end`)
		ends, other := caller.lookup(t, "ends"), caller.lookup(t, "other")
		for range 20 { // so that the calls count as short
			if _, err := ends.Call(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := ends.Call(t.Context(), true); !errors.Is(err, mtstates.ErrObjectClosed) {
			t.Error(err)
		}
		for range 20 {
			if results, err := other.Call(t.Context()); err != nil || results[0] != "here" {
				t.Error(results, err)
			}
		}
		if _, err := ends.Call(t.Context()); !errors.Is(err, mtstates.ErrUnknownObject) {
			t.Error(err)
		}
	})
}

// eachAlone runs a test with each backend.
func eachAlone(t *testing.T, test func(t *testing.T, b backend.Backend)) {
	for _, b := range backends.All() {
		t.Run(b.Name(), func(t *testing.T) { test(t, b) })
	}
}

// A handle that is left over when its node has left the cluster has surely not run anything.
func TestCallAfterLeaving(t *testing.T) {
	eachAlone(t, func(t *testing.T, b backend.Backend) {
		owner, caller := join(t, b), joinUntil(t, b)
		owner.share(t, "adder", `return function(n) return n + 1 end`)
		ref := caller.lookup(t, "adder")
		if _, err := ref.Call(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
		if err := caller.Close(); err != nil {
			t.Fatal(err)
		}
		for name, call := range map[string]func(context.Context, ...any) (mtstates.Results, error){"Call": ref.Call, "TryCall": ref.TryCall} {
			_, err := call(t.Context(), 1)
			if !errors.Is(err, mtstates.ErrUnreachable) || !errors.Is(err, cluster.ErrLeft) || cluster.MayHaveRun(err) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

// A second Drain waits for the first one, whose call still runs, as long as its context lets it.
func TestDrainTwice(t *testing.T) {
	eachAlone(t, func(t *testing.T, b backend.Backend) {
		begun, release := make(chan struct{}), make(chan struct{})
		owner, caller := joinUntil(t, b), join(t, b)
		st, _, err := owner.States.NewState(t.Context(), "local wait = ... return function() wait() return 1 end", mtstates.Named("slow"),
			mtstates.Arguments(func() {
				close(begun)
				<-release
			}))
		if err != nil {
			t.Fatal(err)
		}
		if err := owner.Node.Share(t.Context(), st); err != nil {
			t.Fatal(err)
		}
		ref := caller.lookup(t, "slow")
		called, first := make(chan error, 1), make(chan error, 1)
		go func() {
			_, err := ref.Call(t.Context())
			called <- err
		}()
		<-begun
		go func() { first <- owner.Node.Drain(t.Context()) }()
		for owner.Node.Share(t.Context(), st) == nil { // the first has not begun
			runtime.Gosched()
		}
		ended, cancel := context.WithCancel(t.Context())
		cancel()
		if err := owner.Node.Drain(ended); !errors.Is(err, context.Canceled) {
			t.Errorf("a second Drain returns %v while the first one works", err)
		}
		close(release)
		for _, err := range []error{<-called, owner.Node.Drain(t.Context()), <-first, owner.Node.Drain(t.Context())} {
			if err != nil {
				t.Error(err)
			}
		}
	})
}
