package mtstates_test

import (
	"context"
	"fmt"
	"runtime"
	"testing"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/conformance/hosttest"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/internal/sidebyside"
)

// BenchmarkThreads measures how many calls several threads make together, each from a VM of its own into a state of its
// own. speedup is their throughput by that of one thread, which runs in turns with them; hand-speedup is that of the
// bridges by hand, which shows what the machine gives.
func BenchmarkThreads(b *testing.B) {
	onEach(b, func(b *testing.B, backend backend.Backend) {
		for _, threads := range []int{2, 8} {
			b.Run(fmt.Sprint("threads=", threads), func(b *testing.B) {
				script := callScript("return function(i) return i end", "s:call(i)")
				mine, hands := make([]sidebyside.Side, threads), make([]sidebyside.Side, threads)
				for i := range mine {
					mine[i], hands[i] = ours(b, backend, script), byHand[backend.Name()](b, script)
				}
				fastest := sidebyside.Rounds(b,
					mine[0], func(n int) { inParallel(mine, n) },
					hands[0], func(n int) { inParallel(hands, n) })
				b.ReportMetric(fastest[1]/float64(threads), "ns/op")
				b.ReportMetric(fastest[3]/float64(threads), sidebyside.HandTime)
				b.ReportMetric(fastest[0]*float64(threads)/fastest[1], "speedup")
				b.ReportMetric(fastest[2]*float64(threads)/fastest[3], "hand-speedup")
			})
		}
	})
}

// BenchmarkScale makes many states with all libraries that live together, and calls each by its id and by its name.
func BenchmarkScale(b *testing.B) {
	const count = 100_000
	onEach(b, func(b *testing.B, backend backend.Backend) {
		states := hosttest.Registry(b, backend)
		warmUp(b, states, nil)
		before := liveBytes()
		kept := make([]*mtstates.State, count)
		for i := range kept {
			st, _, err := states.NewState(context.Background(), "return function(i) return i end", mtstates.Named(inertName(i)))
			if err != nil {
				b.Fatal(err)
			}
			kept[i] = st
		}
		call := func(st *mtstates.State, err error, i int) {
			if err != nil {
				b.Fatal(err)
			}
			if results, err := st.Call(context.Background(), i); err != nil || results[0] != float64(i) {
				b.Fatal(results, err)
			}
		}
		b.ResetTimer()
		for i, st := range kept {
			found, err := states.StateByID(st.ID())
			call(found, err, i)
			found, err = states.StateByName(inertName(i))
			call(found, err, i)
		}
		b.StopTimer()
		b.ReportMetric(float64(b.Elapsed())/float64(2*count), "ns/call")
		b.ReportMetric(float64(liveBytes()-before)/count, "live-B/state")
		runtime.KeepAlive(kept)
	})
}
