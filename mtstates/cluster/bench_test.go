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
	"github.com/mtstates/go-mtstates/mtstates"
)

// BenchmarkCall measures calls next to bare requests of NATS of the same size, in turns: one at a time as ratios of the
// median and of the 99th percentile, and 32 callers, of one state and of a state each, as ratios of the throughput.
// Caller, server and owner are in one process.
func BenchmarkCall(b *testing.B) {
	for _, vm := range backends.All() {
		b.Run(vm.Name(), func(b *testing.B) { benchmarkCall(b, vm) })
	}
}

const (
	callers = 32
	batch   = 200 // calls of each in a turn
)

func benchmarkCall(b *testing.B, vm backend.Backend) {
	owner, caller := join(b, vm), join(b, vm)
	var refs [callers]mtstates.Ref
	for i := range refs {
		name := fmt.Sprint("echo ", i)
		owner.share(b, name, "return function(...) return ... end")
		refs[i] = caller.lookup(b, name)
	}
	call := func(i int) error {
		_, err := refs[i].Call(b.Context(), 7, "a string of 18 bytes")
		return err
	}
	one := func(int) error { return call(0) }
	bare := bareRequests(b)
	var times, bareTimes []time.Duration
	var shared, each, bareMany time.Duration
	for b.Loop() {
		times = append(times, oneByOne(b, one)...)
		bareTimes = append(bareTimes, oneByOne(b, bare)...)
		shared += together(b, one)
		bareMany += together(b, bare)
		each += together(b, call)
	}
	slices.Sort(times)
	slices.Sort(bareTimes)
	ratio := func(percent int) float64 {
		return float64(times[len(times)*percent/100]) / float64(bareTimes[len(bareTimes)*percent/100])
	}
	b.ReportMetric(float64(times[len(times)/2]), "p50-ns")
	b.ReportMetric(ratio(50), "p50-ratio")
	b.ReportMetric(ratio(99), "p99-ratio")
	b.ReportMetric(float64(bareMany)/float64(shared), "one-state-throughput-ratio")
	b.ReportMetric(float64(bareMany)/float64(each), "32-states-throughput-ratio")
}

// bareRequests returns a function that makes a request, which is answered at once.
func bareRequests(b *testing.B) func(int) error {
	s, err := server()
	if err != nil {
		b.Fatal(err)
	}
	var connections [2]*nats.Conn
	for i := range connections {
		if connections[i], err = nats.Connect(s.URL()); err != nil {
			b.Fatal(err)
		}
		b.Cleanup(connections[i].Close)
	}
	if _, err := connections[0].Subscribe("bare", func(m *nats.Msg) { _ = m.Respond(m.Data) }); err != nil {
		b.Fatal(err)
	}
	if err := connections[0].Flush(); err != nil {
		b.Fatal(err)
	}
	data := make([]byte, 40) // as many as a call with the arguments above has
	return func(int) error {
		_, err := connections[1].Request("bare", data, time.Minute)
		return err
	}
}

// oneByOne returns how long each of a batch takes.
func oneByOne(b *testing.B, call func(caller int) error) (times []time.Duration) {
	for range batch {
		start := time.Now()
		if err := call(0); err != nil {
			b.Fatal(err)
		}
		times = append(times, time.Since(start))
	}
	return times
}

// together returns how long the batches of all callers take.
func together(b *testing.B, call func(caller int) error) time.Duration {
	start := time.Now()
	var group sync.WaitGroup
	for i := range callers {
		group.Go(func() {
			for range batch {
				if err := call(i); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	group.Wait()
	return time.Since(start)
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
