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
// median and of the 99th percentile, 32 callers, of one state and of a state each, as ratios of the throughput, and of each
// the ratio of the processor time. Each ratio is the median of those of the turns, so that what else the machine does in some of them
// counts little. Caller, server and owner are in one process.
func BenchmarkCall(b *testing.B) {
	for _, vm := range backends.All() {
		b.Run(vm.Name(), func(b *testing.B) { benchmarkCall(b, vm) })
	}
}

const (
	callers = 32
	alone   = 1000 // calls of one caller in a turn
	batch   = 100  // calls of each of several in a turn
)

func benchmarkCall(b *testing.B, vm backend.Backend) {
	owner, caller := join(b, vm), join(b, vm)
	var refs [callers]mtstates.Ref
	for i := range refs {
		name := fmt.Sprint("echo ", i)
		owner.share(b, name, "return function(...) return ... end")
		refs[i] = caller.lookup(b, name)
	}
	each := func(i int) error {
		_, err := refs[i].Call(b.Context(), 7, "a string of 18 bytes")
		return err
	}
	one := func(int) error { return each(0) }
	bare := bareRequests(b)
	ratios := map[string][]float64{}
	note := func(what string, ratio float64) { ratios[what] = append(ratios[what], ratio) }
	bareFirst := false
	// pair measures calls and bare requests, one after the other, in the other order the next time.
	pair := func(measure func(call func(int) error) sample, call func(int) error) (ours, theirs sample) {
		if bareFirst {
			theirs = measure(bare)
		}
		ours = measure(call)
		if !bareFirst {
			theirs = measure(bare)
		}
		return ours, theirs
	}
	for b.Loop() {
		ours, theirs := pair(func(call func(int) error) sample { return oneByOne(b, call) }, one)
		note("p50-ns", float64(ours.percentile(50)))
		note("p50-ratio", float64(ours.percentile(50))/float64(theirs.percentile(50)))
		note("p99-ratio", float64(ours.percentile(99))/float64(theirs.percentile(99)))
		note("cpu-ratio", ours.processor/theirs.processor)
		for name, call := range map[string]func(int) error{"one-state": one, "32-states": each} {
			ours, theirs := pair(func(call func(int) error) sample { return together(b, call) }, call)
			note(name+"-throughput-ratio", float64(theirs.elapsed)/float64(ours.elapsed))
			note(name+"-cpu-ratio", ours.processor/theirs.processor)
		}
		bareFirst = !bareFirst
	}
	for what, list := range ratios {
		slices.Sort(list)
		b.ReportMetric(list[len(list)/2], what)
	}
}

// sample is what some calls took.
type sample struct {
	elapsed   time.Duration
	processor float64         // seconds
	times     []time.Duration // of each, sorted
}

func (s *sample) percentile(n int) time.Duration { return s.times[len(s.times)*n/100] }

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

// oneByOne makes calls one after the other.
func oneByOne(b *testing.B, call func(caller int) error) (s sample) {
	s.times = make([]time.Duration, 0, alone)
	before := processorTime()
	for range alone {
		start := time.Now()
		if err := call(0); err != nil {
			b.Fatal(err)
		}
		s.times = append(s.times, time.Since(start))
	}
	s.processor = processorTime() - before
	slices.Sort(s.times)
	return s
}

// together makes the batches of all callers.
func together(b *testing.B, call func(caller int) error) (s sample) {
	before, start := processorTime(), time.Now()
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
	s.elapsed, s.processor = time.Since(start), processorTime()-before
	return s
}
