package profiling_test

import (
	"context"
	"io"
	"math"
	"testing"
	"time"

	"github.com/mtstates/go-mtstates/conformance/backends"
	"github.com/mtstates/go-mtstates/conformance/hosttest"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/host"
)

// BenchmarkProfile compares states that are profiled with such that are not, side by side: ratios of the fastest runs.
// "loop" is one long call, "calls" are many short ones.
func BenchmarkProfile(b *testing.B) {
	for _, backend := range backends.All() {
		for _, work := range []struct {
			name     string
			calls, n int
		}{{"loop", 1, 500000}, {"calls", 20000, 5}} {
			for _, interruptible := range []bool{false, true} {
				name, options := backend.Name()+"/"+work.name, []mtstates.Option(nil)
				if interruptible {
					name, options = name+"/interruptible", []mtstates.Option{mtstates.WithInterrupt()}
				}
				b.Run(name, func(b *testing.B) {
					var states []*mtstates.State
					var hosts []*host.Host
					for range 2 {
						h := hosttest.New(b, backend, options...)
						st, _, err := h.States.NewState(b.Context(), slowAndFast)
						if err != nil {
							b.Fatal(err)
						}
						hosts, states = append(hosts, h), append(states, st)
					}
					ctx, cancel := context.WithCancel(b.Context())
					done := make(chan error, 1)
					go func() { done <- hosts[1].Profile(ctx, io.Discard) }()
					fastest := []time.Duration{math.MaxInt64, math.MaxInt64}
					for b.Loop() {
						for i, st := range states {
							start := time.Now()
							for range work.calls {
								if _, err := st.Call(context.Background(), work.n); err != nil {
									b.Fatal(err)
								}
							}
							fastest[i] = min(fastest[i], time.Since(start))
						}
					}
					cancel()
					if err := <-done; err != nil {
						b.Fatal(err)
					}
					b.ReportMetric(float64(fastest[1])/float64(fastest[0]), "ratio")
				})
			}
		}
	}
}
