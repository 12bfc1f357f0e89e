package backend

import (
	"sync"
	"sync/atomic"
)

// InterruptMode says what an Interrupt does.
type InterruptMode int32

const (
	// InterruptReset lets the state run: what was set before and has not stopped anything yet is taken back.
	InterruptReset InterruptMode = iota
	// InterruptOnce stops what runs next, one time.
	InterruptOnce
	// InterruptAlways stops whatever runs, again and again, until it is reset.
	InterruptAlways
)

// InterruptFlag returns the mode for the flag of Lua's interrupt methods: without a flag once, true always, false reset.
func InterruptFlag(flag, given bool) InterruptMode {
	switch {
	case !given:
		return InterruptOnce
	case flag:
		return InterruptAlways
	}
	return InterruptReset
}

// InterruptedMessage is the error value, a string, that an interrupt raises in a state.
const InterruptedMessage = "interrupted"

// Interrupt stops Lua code and waits in a state from outside. It is handed to a new state in Options.Interrupt and
// belongs to that state alone. Set may be called by any goroutine at any time: before, during, between and after runs.
// The other methods are for what runs in the state: the VM, and Go functions that wait. They do nothing for a nil
// Interrupt, that of a state which cannot be interrupted. The zero Interrupt is ready.
type Interrupt struct {
	mode   atomic.Int32
	raised atomic.Bool
	mu     sync.Mutex    // held for changes of what follows, and of mode together with it
	signal chan struct{} // closed while mode is not InterruptReset; nil when nobody has asked for it
	closed bool
}

// Set changes the mode. Running Lua code gets the error InterruptedMessage within some thousand instructions, code that
// begins to run later at its first one; a wait in a Go function ends at once.
func (i *Interrupt) Set(mode InterruptMode) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.mode.Store(int32(mode))
	i.adjust()
}

// adjust makes the signal follow the mode.
func (i *Interrupt) adjust() {
	pending := i.Pending()
	switch {
	case pending && i.signal != nil && !i.closed:
		close(i.signal)
		i.closed = true
	case !pending && i.closed:
		i.signal, i.closed = nil, false
	}
}

// Pending reports whether there is an interrupt. It costs one atomic load.
func (i *Interrupt) Pending() bool { return i != nil && i.mode.Load() != int32(InterruptReset) }

// Take reports whether there is an interrupt, and uses up one of InterruptOnce. Whoever gets true ends what it does with
// an error.
func (i *Interrupt) Take() bool {
	if !i.Pending() {
		return false
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	switch InterruptMode(i.mode.Load()) {
	case InterruptReset: // taken back in the meantime
		return false
	case InterruptOnce:
		i.mode.Store(int32(InterruptReset))
		i.adjust()
	}
	i.raised.Store(true)
	return true
}

// Done returns a channel that is closed when there is an interrupt. A wait that it ends calls Take, and when that returns
// false, because the interrupt was taken back, goes on with a new channel from Done. For nil it returns nil.
func (i *Interrupt) Done() <-chan struct{} {
	if i == nil {
		return nil
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.signal == nil {
		i.signal = make(chan struct{})
		i.adjust()
	}
	return i.signal
}

// Caused reports whether an error with the given text is that of an interrupt. Adapters set Failure.Interrupted with
// it; a script that catches an interrupt and raises the same text later is believed.
func (i *Interrupt) Caused(text string) bool {
	return i != nil && text == InterruptedMessage && i.raised.Load()
}
