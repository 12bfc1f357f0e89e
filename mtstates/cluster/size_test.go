//go:build unix

package cluster_test

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"testing"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/conformance/backends"
	"github.com/mtstates/go-mtstates/conformance/hosttest"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/cluster"
)

// BenchmarkVirtualStates reports what a node with 100,000 virtual states that have had a call needs for one of them beside
// the state itself, in bytes, and the goroutines of all together.
func BenchmarkVirtualStates(b *testing.B) {
	for _, vm := range backends.All() {
		b.Run(vm.Name(), func(b *testing.B) {
			for b.Loop() {
				bytes, goroutines := virtualSize(b, vm, 100_000)
				b.ReportMetric(bytes, "B/state")
				b.ReportMetric(float64(goroutines), "goroutines")
			}
		})
	}
}

// A virtual state that is idle costs its node less than a kilobyte beside the state itself, and no goroutine.
func TestVirtualSize(t *testing.T) {
	const count = 2000
	bytes, goroutines := virtualSize(t, backends.All()[0], count)
	t.Logf("%.0f bytes a state, %d goroutines", bytes, goroutines)
	if bytes >= 1024 {
		t.Errorf("a state costs %.0f bytes", bytes)
	}
	if goroutines >= count/10 {
		t.Errorf("%d states have %d goroutines", count, goroutines)
	}
}

// virtualSize returns the bytes that a node needs for each of its virtual states, without those of the state, and its
// goroutines. The servers are in another process, and the caller has left when they are counted.
func virtualSize(t testing.TB, vm backend.Backend, count int) (bytes float64, goroutines int) {
	url := cluster.URL(startProcess(t, "server", t.TempDir()).line())
	const setup = "return function() end"
	plain := plainSize(t, vm, count, setup)
	owner := join(t, vm, url)
	owner.activate(t, "v/*", setup)
	goroutinesBefore, before := usage()
	inParallel(t, func() (func(i int) error, func()) {
		caller := joinUntil(t, vm, url) // what it remembers of the states is not the owner's
		return func(i int) error {
			_, err := caller.lookup(t, fmt.Sprint("v/", i)).Call(t.Context())
			return err
		}, func() { caller.Close() }
	}, count)
	after, end := usage()
	if owner.States.Len() != count {
		t.Errorf("the owner has %d states", owner.States.Len())
	}
	return float64(end-before)/float64(count) - plain, after - goroutinesBefore
}

// plainSize returns the bytes of a state with a name, which has had a call.
func plainSize(t testing.TB, vm backend.Backend, count int, setup string) float64 {
	h := hosttest.New(t, vm)
	states := make([]*mtstates.State, count)
	_, before := usage()
	inParallel(t, func() (func(i int) error, func()) {
		return func(i int) (err error) {
			name := fmt.Sprint("v/", i)
			if states[i], _, err = h.States.NewState(t.Context(), setup, mtstates.Named(name), mtstates.Arguments(name)); err == nil {
				_, err = states[i].Call(t.Context())
			}
			return err
		}, func() {}
	}, count)
	_, after := usage()
	for _, st := range states {
		if err := st.Shutdown(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	return float64(after-before) / float64(count)
}

// inParallel calls a function with the numbers up to count, in some goroutines.
func inParallel(t testing.TB, begin func() (each func(i int) error, end func()), count int) {
	each, end := begin()
	defer end()
	numbers := make(chan int)
	var group sync.WaitGroup
	for range 32 {
		group.Go(func() {
			for i := range numbers {
				if err := each(i); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for i := range count {
		numbers <- i
	}
	close(numbers)
	group.Wait()
}

// usage returns the number of goroutines, and the bytes of what is reachable.
func usage() (goroutines int, bytes int64) {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return runtime.NumGoroutine(), int64(m.HeapAlloc)
}
