package cluster_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/conformance/backends"
)

// BenchmarkCall measures calls next to bare requests of NATS of the same size, in turns: one at a time as ratios of the
// median and of the 99th percentile, and 32 at a time as the ratio of the throughput. Caller, server and owner are in
// one process.
func BenchmarkCall(b *testing.B) {
	for _, vm := range backends.All() {
		b.Run(vm.Name(), func(b *testing.B) { benchmarkCall(b, vm) })
	}
}

func benchmarkCall(b *testing.B, vm backend.Backend) {
	owner, caller := join(b, vm), join(b, vm)
	owner.share(b, "echo", "return function(...) return ... end")
	ref := caller.lookup(b, "echo")
	s, err := server()
	if err != nil {
		b.Fatal(err)
	}
	var connections [2]*nats.Conn
	for i := range connections {
		if connections[i], err = nats.Connect(s.URL()); err != nil {
			b.Fatal(err)
		}
		defer connections[i].Close()
	}
	if _, err := connections[0].Subscribe("bare", func(m *nats.Msg) { _ = m.Respond(m.Data) }); err != nil {
		b.Fatal(err)
	}
	if err := connections[0].Flush(); err != nil {
		b.Fatal(err)
	}
	data := make([]byte, 40) // as many as a call with these arguments has
	sides := [2]func() error{
		func() error { _, err := ref.Call(b.Context(), 7, "a string of 18 bytes"); return err },
		func() error { _, err := connections[1].Request("bare", data, time.Minute); return err },
	}
	const batch = 200
	var times [2][]time.Duration
	var many [2]time.Duration
	for b.Loop() {
		for i, side := range sides {
			for range batch {
				start := time.Now()
				if err := side(); err != nil {
					b.Fatal(err)
				}
				times[i] = append(times[i], time.Since(start))
			}
			start := time.Now()
			var group sync.WaitGroup
			for range 32 {
				group.Go(func() {
					for range batch {
						if err := side(); err != nil {
							b.Error(err)
							return
						}
					}
				})
			}
			group.Wait()
			many[i] += time.Since(start)
		}
	}
	for i := range times {
		slices.Sort(times[i])
	}
	at := func(i, percent int) float64 { return float64(times[i][len(times[i])*percent/100]) }
	b.ReportMetric(at(0, 50), "p50-ns")
	b.ReportMetric(at(0, 50)/at(1, 50), "p50-ratio")
	b.ReportMetric(at(0, 99)/at(1, 99), "p99-ratio")
	b.ReportMetric(float64(many[1])/float64(many[0]), "throughput-ratio")
}

// BenchmarkVirtualStates reports what a node needs for a virtual state beside the state itself, in bytes, and the
// goroutines of all together.
func BenchmarkVirtualStates(b *testing.B) {
	vm := backends.All()[0]
	owner, caller := join(b, vm), join(b, vm)
	owner.activate(b, "v/*", "return function() end")
	for b.Loop() {
		const count = 10_000
		goroutines, before := usage()
		plain := make([]any, count)
		for i := range plain {
			plain[i] = owner.newState(b, fmt.Sprint("plain ", i), "return function() end")
		}
		_, between := usage()
		work := make(chan int)
		var group sync.WaitGroup
		for range 32 {
			group.Go(func() {
				for i := range work {
					if _, err := caller.lookup(b, fmt.Sprint("v/", i)).Call(b.Context()); err != nil {
						b.Error(err)
					}
				}
			})
		}
		for i := range count {
			work <- i
		}
		close(work)
		group.Wait()
		after, end := usage()
		b.ReportMetric(float64(end-between-(between-before))/count, "B/state")
		b.ReportMetric(float64(after-goroutines), "goroutines")
		b.Logf("%d plain states", len(plain))
	}
}
