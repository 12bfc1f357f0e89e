package backend

import (
	"slices"
	"sync"
)

// Foreground stops what one thread runs, for example when a user asks for it with Ctrl-C: the VM of the thread or, while
// that calls a state, the state, and so on. The zero Foreground is ready.
type Foreground struct {
	vm Interrupt
	mu sync.Mutex
	// inner are the interrupts of the states that the VM calls and that call each other. The last one runs.
	inner []*Interrupt
	// always is set while Set stops whatever runs.
	always bool
}

// Interrupt returns the interrupt for the Options of the thread's VM.
func (f *Foreground) Interrupt() *Interrupt {
	f.vm.foreground = f
	return &f.vm
}

// Raise interrupts once what runs, or what runs next, with an error message. Any goroutine may call it.
func (f *Foreground) Raise(message string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.running().raise(message)
}

// Set does with what runs what [Interrupt.Set] does with a single VM: a state that the thread calls is interrupted as the
// thread itself, as long as it is called. Any goroutine may call it.
func (f *Foreground) Set(mode InterruptMode) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.always = mode == InterruptAlways
	for _, inner := range f.inner {
		inner.force(f.always)
	}
	switch mode {
	case InterruptOnce:
		f.vm.Set(InterruptReset)
		f.running().raise(InterruptedMessage)
		return
	case InterruptReset:
		for _, inner := range f.inner {
			inner.withdraw()
		}
	}
	f.vm.Set(mode)
}

// running returns the interrupt of what runs. The lock is held.
func (f *Foreground) running() *Interrupt {
	if n := len(f.inner); n > 0 {
		return f.inner[n-1]
	}
	return &f.vm
}

// Enter is called before code in a VM, whose interrupt is i, calls a state, whose interrupt is inner; either may be nil.
// It reports whether Leave must be called afterwards. An interrupt of the foreground that the VM has not noticed yet goes
// to the state.
func (i *Interrupt) Enter(inner *Interrupt) bool {
	if i == nil || i.foreground == nil || inner == nil || inner.foreground != nil && inner.foreground != i.foreground {
		return false
	}
	f := i.foreground
	f.mu.Lock()
	defer f.mu.Unlock()
	f.inner = append(f.inner, inner)
	inner.foreground = f
	if i.pass(inner); f.always {
		inner.force(true)
	}
	return true
}

// Leave ends what Enter has begun. An interrupt of the foreground that came too late for the state goes to its caller.
func (i *Interrupt) Leave(inner *Interrupt) {
	f := i.foreground
	f.mu.Lock()
	defer f.mu.Unlock()
	f.inner = slices.Delete(f.inner, len(f.inner)-1, len(f.inner))
	if !slices.Contains(f.inner, inner) { // a state may call itself
		inner.foreground = nil
		inner.force(false)
	}
	inner.pass(i)
}

// InForeground reports whether a Foreground stops what runs in the VM of i. Only the thread that runs the VM calls it.
func (i *Interrupt) InForeground() bool { return i != nil && i.foreground != nil }

// force begins to stop what runs, again and again, whatever the mode is, or ends that.
func (i *Interrupt) force(on bool) {
	if !on && i.flags.Load()&forced == 0 {
		return
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	if on {
		i.flags.Or(forced)
	} else {
		i.flags.And(^forced)
	}
	i.adjust()
}

// pass hands an interrupt that a Foreground has raised, and that was not taken yet, to another one.
func (i *Interrupt) pass(to *Interrupt) {
	if message, raised := i.withdraw(); raised {
		to.raise(message)
	}
}

// raise interrupts once, with a message, unless there is an interrupt already that does so again and again.
func (i *Interrupt) raise(message string) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if InterruptMode(i.flags.Load()&modes) == InterruptAlways {
		return
	}
	i.message = message
	i.flags.Store(i.flags.Load()&^modes | int32(InterruptOnce))
	i.adjust()
}

// withdraw takes back an interrupt that a Foreground has raised, and returns its message.
func (i *Interrupt) withdraw() (message string, raised bool) {
	if !i.Pending() {
		return "", false
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.message == "" || InterruptMode(i.flags.Load()&modes) != InterruptOnce {
		return "", false
	}
	i.flags.And(^modes)
	i.adjust()
	return i.message, true
}
