package soak

import (
	"context"
	_ "embed"
	"errors"
	"flag"
	"io"
	"math/rand/v2"
	"runtime"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/conformance/backends"
	"github.com/mtstates/go-mtstates/conformance/hosttest"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/host"
	"github.com/mtstates/go-mtstates/mtstates/mtmsg"
)

var duration = flag.Duration("for", 2*time.Second, "how long the soak takes")

const (
	workers   = 4
	slots     = 12
	seed      = 1
	callTime  = 10 * time.Millisecond // of calls without an end
	patience  = time.Minute           // for what ends by itself, under the race detector on a busy machine
	heapSlack = 1 << 20               // bytes: pools of Go and of the VMs, which a collection may leave
)

//go:embed setup.lua
var setup string

// call is a call of setup.lua.
type call struct {
	what string
	args []any
	want float64 // unless it fails
	// error is what it ends with if nobody interferes; nil stands for want.
	error error
}

var calls = []call{
	{"sum", []any{1000}, 500500, nil},
	{"bomb", nil, 0, mtstates.ErrOutOfMemory},
	{"loop", nil, 0, mtstates.ErrInterrupted},
	{"wait", nil, 0, mtstates.ErrInterrupted},
	{"coroutines", nil, 500, nil},
	{"messages", nil, 210, nil},
	{"thread", nil, 2, nil},
	{"nested", nil, 42, nil},
	{"fail", nil, 0, errFailed},
}

// errFailed stands for an error of the script's own.
var errFailed = errors.New("failed")

// interference are the errors that any call may end with: others interrupt, close and exceed limits of the host.
var interference = []error{mtstates.ErrInterrupted, mtstates.ErrObjectClosed, mtstates.ErrOutOfMemory,
	mtstates.ErrConcurrentAccess, mtmsg.ErrOutOfMemory, mtmsg.ErrOperationAborted}

// soak is what the workers share.
type soak struct {
	host *host.Host
	mu   sync.Mutex
	all  [slots]*mtstates.State
	done map[string]int // how many calls ended as they should, and were not disturbed
}

func TestSoak(t *testing.T) {
	running := goleak.IgnoreCurrent()
	for _, b := range backends.All() {
		t.Run(b.Name(), func(t *testing.T) {
			s := &soak{done: map[string]int{}, host: hosttest.New(t, b, mtstates.WithInterrupt(), mtstates.WithMaxStates(60), mtstates.WithMaxThreads(8),
				mtstates.WithMaxMessageBytes(4<<20), mtstates.WithMaxMemory(2<<20), mtstates.WithStdout(io.Discard))}
			s.host.Threads.Stderr = io.Discard
			each := *duration / time.Duration(len(backends.All()))
			s.round(t, each/4) // what is made once is made
			before := s.settle(t)
			s.round(t, each*3/4)
			if after := s.settle(t); after > before+heapSlack {
				t.Errorf("the heap has grown from %d to %d bytes", before, after)
			}
			t.Logf("undisturbed calls: %v", s.done)
			if s.done["sum"] == 0 || s.done["nested"] == 0 {
				t.Error("no call has done its work")
			}
			if err := s.host.Close(); err != nil {
				t.Error(err)
			}
			if err := goleak.Find(running); err != nil {
				t.Error(err)
			}
		})
	}
}

// round lets the workers do something until the time is over.
func (s *soak) round(t *testing.T, d time.Duration) {
	end := time.Now().Add(d)
	var group sync.WaitGroup
	for i := range workers {
		group.Go(func() {
			random := rand.New(rand.NewPCG(seed, uint64(i)))
			for done := 0; done < 20 || time.Now().Before(end); done++ {
				s.step(t, random)
			}
		})
	}
	group.Wait()
}

// step does one thing.
func (s *soak) step(t *testing.T, random *rand.Rand) {
	i := random.IntN(slots)
	s.mu.Lock()
	st := s.all[i]
	s.mu.Unlock()
	switch n := random.IntN(20); {
	case st == nil || n == 0:
		s.put(i, s.create(t, random))
	case n == 1:
		if err := st.Close(); err != nil && !isAny(err, interference) {
			t.Errorf("closing: %v", err)
		}
		s.put(i, nil)
	case n == 2: // the state is left to the collector
		s.put(i, nil)
	case n == 3:
		if err := st.Interrupt(backend.InterruptOnce); err != nil && !isAny(err, interference) {
			t.Errorf("interrupting: %v", err)
		}
	case n == 4:
		s.host.States.Collect()
	default:
		s.call(t, st, calls[random.IntN(len(calls))])
	}
}

func (s *soak) put(i int, st *mtstates.State) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.all[i] = st
}

// create returns a new state of any backend, nil if there are too many.
func (s *soak) create(t *testing.T, random *rand.Rand) *mtstates.State {
	all := backends.All()
	options := []mtstates.StateOption{mtstates.On(all[random.IntN(len(all))])}
	if random.IntN(3) == 0 {
		options = append(options, mtstates.WithMaxInstructions(1_000_000))
	}
	st, _, err := s.host.States.NewState(context.Background(), setup, options...)
	if err != nil && !isAny(err, interference) {
		t.Errorf("creating: %v", err)
	}
	return st
}

func (s *soak) call(t *testing.T, st *mtstates.State, c call) {
	limit := callTime
	if c.error != mtstates.ErrInterrupted {
		limit = patience
	}
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	out, err := st.Call(ctx, append([]any{c.what}, c.args...)...)
	switch {
	case err == nil && c.error != nil:
		t.Errorf("%s returns %v", c.what, out)
	case err == nil && (len(out) != 1 || out[0] != c.want):
		t.Errorf("%s returns %v, not %v", c.what, out, c.want)
	case err == nil || c.error != nil && errors.Is(err, c.error) || c.error == errFailed:
		s.mu.Lock()
		s.done[c.what]++
		s.mu.Unlock()
	case !isAny(err, interference):
		t.Errorf("%s: %v", c.what, err)
	}
}

func isAny(err error, errs []error) bool {
	for _, e := range errs {
		if errors.Is(err, e) {
			return true
		}
	}
	return errors.Is(err, context.DeadlineExceeded)
}

// settle drops all states, waits until none, and no thread, is left, and returns the size of the heap.
func (s *soak) settle(t *testing.T) (heap uint64) {
	s.all = [slots]*mtstates.State{}
	if err := s.host.Wait(context.Background()); err != nil && !isAny(err, interference) {
		t.Logf("threads: %v", err)
	}
	for end := time.Now().Add(patience); ; {
		s.host.States.Collect()
		n := s.host.States.Stats().States
		if n == 0 {
			break
		}
		if time.Now().After(end) {
			t.Fatalf("%d states are left", n)
		}
	}
	for range 3 {
		runtime.GC() // what finalizers and pools held
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
