package mtstates_test

import (
	"context"
	"runtime"
	"sync"
	"testing"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/conformance/hosttest"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/internal/sidebyside"
)

// newstateScript returns a script that makes states which nothing keeps. By hand, newstate has the arguments the other
// way round.
func newstateScript(setup string, libs bool, byHand bool) string {
	literal := "function() return function(i) return i end end"
	if setup == "string" {
		literal = "'return function(i) return i end'"
	}
	switch {
	case libs:
		return "local f = " + literal + " return function(n) for i = 1, n do newstate(f) end end"
	case byHand:
		return "local f = " + literal + " return function(n) for i = 1, n do newstate(f, false) end end"
	}
	return "local f = " + literal + " return function(n) for i = 1, n do newstate(false, f) end end"
}

// BenchmarkNewState measures newstate from Lua.
func BenchmarkNewState(b *testing.B) {
	onEach(b, func(b *testing.B, backend backend.Backend) {
		for _, libsName := range []string{"libs", "base"} {
			libs := libsName == "libs"
			for _, setup := range []string{"function", "string"} {
				b.Run(libsName+"/"+setup, func(b *testing.B) {
					sidebyside.Compare(b,
						ours(b, backend, newstateScript(setup, libs, false)),
						byHand[backend.Name()](b, newstateScript(setup, libs, true)))
				})
			}
		}
		b.Run("libs/function/threads=2", func(b *testing.B) {
			var sides [2]sidebyside.Side
			for i := range sides {
				sides[i] = ours(b, backend, newstateScript("function", true, false))
			}
			sidebyside.Alone(b, func(n int) { inParallel(sides[:], (n+1)/2) })
		})
	})
}

// inParallel runs each side n times, in a goroutine each.
func inParallel(sides []sidebyside.Side, n int) {
	var group sync.WaitGroup
	for _, side := range sides {
		group.Go(func() { side(n) })
	}
	group.Wait()
}

// BenchmarkMemory measures the live bytes of a state, over many; registry is what a named one costs without its VM.
func BenchmarkMemory(b *testing.B) {
	onEach(b, func(b *testing.B, backend backend.Backend) {
		for _, libsName := range []string{"libs", "base"} {
			var option []mtstates.StateOption
			if libsName == "base" {
				option = append(option, mtstates.BaseOnly())
			}
			b.Run(libsName, func(b *testing.B) {
				states := hosttest.Registry(b, backend)
				kept := make([]*mtstates.State, 0, 10_000)
				warmUp(b, states, option)
				before := liveBytes()
				for range cap(kept) {
					st, _, err := states.NewState(context.Background(), "return function(i) return i end", option...)
					if err != nil {
						b.Fatal(err)
					}
					kept = append(kept, st)
				}
				b.ReportMetric(float64(liveBytes()-before)/float64(len(kept)), "live-B/state")
				b.ReportMetric(0, "ns/op")
				runtime.KeepAlive(kept)
			})
		}
	})
	b.Run("registry", func(b *testing.B) {
		states := makeInertStates(b, 100_000)
		b.ReportMetric(states.bytesEach, "live-B/state")
		b.ReportMetric(0, "ns/op")
	})
}

// warmUp makes what a process has once for all states of a backend.
func warmUp(b *testing.B, states *mtstates.Registry, options []mtstates.StateOption) {
	st, _, err := states.NewState(context.Background(), "return function(i) return i end", options...)
	if err != nil {
		b.Fatal(err)
	}
	if err := st.Close(); err != nil {
		b.Fatal(err)
	}
}
