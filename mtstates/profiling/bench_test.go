package profiling_test

import (
	"context"
	"io"
	"runtime"
	"testing"
	"time"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/conformance/backends"
	"github.com/mtstates/go-mtstates/conformance/hosttest"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/host"
)

// BenchmarkProfile compares states that are profiled with such that are not, side by side: the ratio of the times for which
// they have a processor, over all rounds. "loop" is one long call, "calls" are many short ones.
func BenchmarkProfile(b *testing.B) {
	for _, vm := range backends.All() {
		for _, work := range []struct {
			name     string
			calls, n int
		}{{"loop", 1, 100_000}, {"calls", 10_000, 5}} {
			for _, interruptible := range []bool{false, true} {
				name, options := vm.Name()+"/"+work.name, []mtstates.Option(nil)
				if interruptible {
					name, options = name+"/interruptible", []mtstates.Option{mtstates.WithInterrupt()}
				}
				b.Run(name, func(b *testing.B) { compareProfiled(b, vm, work.calls, work.n, options) })
			}
		}
	}
}

func compareProfiled(b *testing.B, vm backend.Backend, calls, n int, options []mtstates.Option) {
	var states []*mtstates.State
	var hosts []*host.Host
	for range 2 {
		h := hosttest.New(b, vm, options...)
		defer h.Close()
		st, _, err := h.States.NewState(b.Context(), slowAndFast)
		if err != nil {
			b.Fatal(err)
		}
		hosts, states = append(hosts, h), append(states, st)
	}
	ctx, cancel := context.WithCancel(b.Context())
	done := make(chan error, 1)
	go func() { done <- hosts[1].Profile(ctx, io.Discard) }()

	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	var spent [2]time.Duration
	for round := 0; b.Loop(); round++ {
		for i := range states {
			i = (i + round) % 2
			start := threadTime()
			for range calls {
				if _, err := states[i].Call(context.Background(), n); err != nil {
					b.Fatal(err)
				}
			}
			spent[i] += threadTime() - start
		}
	}
	cancel()
	if err := <-done; err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(spent[1])/float64(spent[0]), "ratio")
}
