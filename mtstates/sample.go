package mtstates

import (
	"context"
	"time"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates/internal/label"
)

// ErrSampling is returned by [Registry.Sample] while another call of it goes on.
var ErrSampling = backend.ErrSampling

// Sample is what a VM was running when it was looked at, see [Registry.Sample].
type Sample struct {
	// State is the state of the VM, nil for the VM of a thread or of a script.
	State *State
	// Thread is the id of the thread whose VM it is, "" for other VMs.
	Thread string
	// Backend is the backend of the VM.
	Backend backend.Backend
	// Time is how long the VM has been running since it was looked at last, in whole intervals.
	Time time.Duration
	// Stack has the functions that run, the innermost first: fields S, l and n of Info. A coroutine has a stack of its own.
	// Of a very deep one the outermost functions are missing.
	Stack []backend.Info
}

// maxSampled is how many functions of a stack a Sample has.
const maxSampled = 200

// Sample lets each VM of the registry show what it runs at every interval, until ctx ends: states, and threads and scripts
// in VMs that can be interrupted. Waits do not count, nor does the time in which a VM rests or has called a state; a VM that is
// ready to run but has no processor counts. visit is called by the goroutines that run the VMs, many at a time, which do not
// go on before it returns. The error is [ErrSampling] while another call of Sample goes on, else nil.
//
// It costs nothing as long as it is not used, and hardly anything in VMs that can be interrupted. States of a registry without
// [WithInterrupt] are seen from their next call on, and run like those that can be interrupted meanwhile: on go-lua that takes
// some per cent, and on LuaJIT nothing is compiled. The backends in C do not know how long their own functions,
// such as string.find, take: that time counts for what runs up to two thousand instructions later.
func (r *Registry) Sample(ctx context.Context, interval time.Duration, visit func(Sample)) error {
	stop, err := r.sampler.Start(interval, func(vm backend.VM, ticks int) {
		s := Sample{Backend: vm.Env().Backend, Thread: label.Thread(vm.Env()), Time: time.Duration(ticks) * interval}
		if m := moduleOf(vm); m != nil && m.run != nil {
			s.State = m.run.state
		}
		for level := range maxSampled {
			info, ok := vm.GetInfo(0, level, "Sln")
			if !ok {
				break
			}
			s.Stack = append(s.Stack, info)
		}
		visit(s)
	})
	if err != nil {
		return err
	}
	defer stop()
	<-ctx.Done()
	return nil
}

// beginSampling is called when a call begins while the registry is sampled. The VM must look for its interrupt, from an
// outermost call on and until the profile ends: to begin and end that with each call would cost more than the looks.
func (st *State) beginSampling(outermost bool) {
	if outermost && !st.sampled && !st.registry.interrupt {
		st.vm.Env().SetInterruptible(true)
		st.sampled = true
	}
	st.interrupt.SetActive(true)
}

// endSampling is called when a call ends that began while the registry was sampled.
func (st *State) endSampling(outermost bool) {
	st.interrupt.SetActive(false)
	if outermost && st.sampled && !st.registry.sampler.On() {
		st.sampled = false
		st.ignoreInterrupt()
	}
}

// ignoreInterrupt lets the VM no longer look for its interrupt, when nothing else needs that.
func (st *State) ignoreInterrupt() {
	if st.vm != nil && !st.registry.interrupt && !st.sampled {
		st.vm.Env().SetInterruptible(false)
	}
}

// pause lets the time until what it returns is called not count for a VM, which calls a state.
func pause(s backend.VM) (resume func()) {
	i := s.Env().Interrupt
	paused := i.Pause()
	return func() { i.Resume(paused) }
}

// pause is that for the state in which a Go function makes a call.
func (c *callContext) pause() (resume func()) {
	for st := range c.yieldHeld {
		paused := st.interrupt.Pause()
		return func() { st.interrupt.Resume(paused) }
	}
	return func() {}
}
