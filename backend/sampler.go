package backend

import (
	"errors"
	"math/rand/v2"
	"sync/atomic"
	"time"
)

// Sampler lets a profiler see what runs in the VMs that share it, at regular times. No goroutine looks into the VM of another
// one: the clock of a Sampler counts ticks, and a VM whose Interrupt has been given the Sampler hands itself over when it sees
// that one has passed. The zero Sampler is ready, and costs nothing until it is started.
//
// A VM notices ticks only after some instructions, and code may run in step with these: a loop would always be seen at the
// same place. So the sample comes after a random number of further instructions. The time of a Go function that calls no Lua
// code is known when it returns, and is a sample of its own, unless it waits, see [Interrupt.Pause].
type Sampler struct{ round atomic.Pointer[round] }

// round is what a Sampler does from a Start to the end.
type round struct {
	ticks  atomic.Int64
	sample func(vm VM, ticks int)
}

// ErrSampling is returned by Sampler.Start while the Sampler runs.
var ErrSampling = errors.New("a profile is being written")

// Start lets VMs call sample from now on, each when it has run for an interval or more since it did so last: ticks is for how
// many. sample may read the stack of vm, and is called by the goroutines that run the VMs, many at a time. It may still be
// called when stop has returned, until a VM notices.
func (s *Sampler) Start(interval time.Duration, sample func(vm VM, ticks int)) (stop func(), err error) {
	r := &round{sample: sample}
	if !s.round.CompareAndSwap(nil, r) {
		return nil, ErrSampling
	}
	samplers.Add(1)
	ticker, done, start := time.NewTicker(interval), make(chan struct{}), time.Now()
	go func() {
		for {
			select {
			case <-ticker.C:
				r.ticks.Store(int64(time.Since(start) / interval)) // a ticker drops ticks on a busy machine
			case <-done:
				return
			}
		}
	}()
	return func() {
		samplers.Add(-1)
		s.round.Store(nil)
		ticker.Stop()
		close(done)
	}, nil
}

// samplers is how many Samplers of the process run.
var samplers atomic.Int32

// Sampling reports whether any Sampler runs: then the time of Go functions is looked at. It costs one atomic load.
func Sampling() bool { return samplers.Load() != 0 }

// On reports whether the Sampler runs. It costs one atomic load.
func (s *Sampler) On() bool { return s.round.Load() != nil }

// sampling is where a VM stands in a round. It belongs to the thread that runs the VM.
type sampling struct {
	round  *round
	active bool
	seen   int64 // ticks that are over
	due    int64 // ticks that passed while the VM was active, and have had no sample yet
	drawn  bool  // whether it is known when the next sample comes:
	left   int   // after so many instructions
	calls  int   // of Lua code by Go functions
}

// interval is the number of instructions after which VMs look for an interrupt and for ticks.
const interval = 1000

// Give lets VMs with this interrupt be sampled. It is called before the VM is made.
func (i *Interrupt) Give(s *Sampler) { i.sampler = s }

// inRound returns the sampling of the present round, nil if there is none. A VM of which nothing is known is active or not as
// assumed.
func (i *Interrupt) inRound(assumed bool) *sampling {
	if i == nil || i.sampler == nil {
		return nil
	}
	r := i.sampler.round.Load()
	if r == nil {
		if i.sampling != nil {
			i.sampling = nil
		}
		return nil
	}
	if i.sampling == nil || i.sampling.round != r {
		i.sampling = &sampling{round: r, active: assumed, seen: r.ticks.Load()}
	}
	i.sampling.count()
	return i.sampling
}

// count counts the ticks since the last time.
func (s *sampling) count() {
	now := s.round.ticks.Load()
	if s.active {
		s.due += now - s.seen
	}
	s.seen = now
}

// Pause is called by the thread that runs the VM when it begins to wait, or to run another VM, and hands what it returns to
// Resume afterwards: that time is not the VM's.
func (i *Interrupt) Pause() (paused bool) {
	s := i.inRound(true)
	if s == nil || !s.active {
		return false
	}
	s.active = false
	return true
}

// Resume ends what Pause has begun.
func (i *Interrupt) Resume(paused bool) {
	if paused {
		i.SetActive(true)
	}
}

// SetActive is called when a call into the VM begins or ends, of a VM that rests between calls.
func (i *Interrupt) SetActive(on bool) {
	if s := i.inRound(!on); s != nil {
		s.active = on
	}
}

// CallGo calls a Go function for the Lua code in vm. Adapters call all functions with it.
func CallGo(vm VM, f Function) int {
	if Sampling() {
		return vm.Env().Interrupt.callGo(vm, f)
	}
	return f(vm)
}

func (i *Interrupt) callGo(vm VM, f Function) (results int) {
	s := i.inRound(true)
	if s == nil {
		return f(vm)
	}
	calls, due := s.calls, s.due
	results = f(vm)
	if s.calls != calls || i.inRound(true) != s {
		return results
	}
	if ticks := s.due - due; ticks > 0 {
		s.due = due
		s.round.sample(vm, int(ticks))
	}
	return results
}

// EnterLua is called by adapters when a Go function begins to call a value, which may be Lua code.
func EnterLua(vm VM) {
	if !Sampling() {
		return
	}
	if i := vm.Env().Interrupt; i != nil && i.sampling != nil {
		i.sampling.calls++
	}
}

// Ran counts n instructions. Adapters call it before Look and Next.
func (i *Interrupt) Ran(n int) {
	if i != nil && i.sampling != nil {
		i.sampling.left -= n
	}
}

// Next returns how many instructions may run before the VM looks again. While there is an interrupt, it is one: a loop around
// a protected call could be inside of the call each time, and never end.
func (i *Interrupt) Next() int {
	if i.Pending() {
		return 1
	}
	s := i.inRound(true)
	switch {
	case s == nil || s.due == 0:
		return interval
	case !s.drawn:
		s.drawn, s.left = true, 1+rand.IntN(interval)
	}
	return max(1, s.left)
}

// Look hands vm over if a sample is due at the next instruction. Adapters call it when so many instructions have run as Next
// has said.
func (i *Interrupt) Look(vm func() VM) {
	if i == nil || i.sampling == nil {
		return
	}
	s := i.sampling
	if !s.drawn || s.left > 0 {
		return
	}
	ticks := s.due
	s.due, s.drawn = 0, false
	if r := i.sampler.round.Load(); r == s.round {
		r.sample(vm(), int(ticks))
	}
}
