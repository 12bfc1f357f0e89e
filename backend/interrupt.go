package backend

import (
	"strings"
	"sync"
	"sync/atomic"
)

// InterruptMode is what an Interrupt does.
type InterruptMode int32

const (
	// InterruptReset lets the state run: an interrupt that has not stopped anything yet is taken back.
	InterruptReset InterruptMode = iota
	// InterruptOnce stops whatever runs next, one time.
	InterruptOnce
	// InterruptAlways stops whatever runs, again and again, until it is reset.
	InterruptAlways
)

// InterruptFlag returns the mode for the flag of Lua's interrupt methods: once without a flag, always for true, reset
// for false.
func InterruptFlag(flag, given bool) InterruptMode {
	switch {
	case !given:
		return InterruptOnce
	case flag:
		return InterruptAlways
	}
	return InterruptReset
}

// InterruptedMessage is the error value that interrupts raise, see [Interrupt.Message].
const InterruptedMessage = "interrupted"

// Interrupt stops Lua code and waits in a state from outside. It is passed to a new state in Options.Interrupt and
// belongs to that state alone. Any goroutine may call Set at any time: before, during, between and after runs. The
// other methods are for what runs in the state: the VM, and Go functions that wait. On a nil Interrupt, which stands
// for a state that cannot be interrupted, they do nothing. The zero Interrupt is ready.
type Interrupt struct {
	flags   atomic.Int32 // the mode, and the bits cancelled and forced
	raised  atomic.Bool
	mu      sync.Mutex    // held to change the fields below, and flags together with them
	signal  chan struct{} // closed while there is an interrupt; nil until it is asked for
	closed  bool
	counted bool // in interrupts
	stopped bool // whether Take has been true because of Cancel
	// message is what the interrupt raises; "" stands for InterruptedMessage.
	message string
	// foreground is that of the thread which runs the VM, nil for any other thread. It belongs to that thread.
	foreground *Foreground
	// sampler, nil for none, wants to know what runs. sampling belongs to the thread that runs the VM.
	sampler  *Sampler
	sampling *sampling
}

const (
	modes     = 3
	cancelled = 4
	forced    = 8 // a Foreground stops the run, again and again
)

// Set changes the mode. Running Lua code gets the error Message within some thousand instructions, code that
// starts later gets it at its first instruction, and a wait in a Go function ends at once.
func (i *Interrupt) Set(mode InterruptMode) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.message = ""
	i.flags.Store(i.flags.Load()&^modes | int32(mode))
	i.adjust()
}

// Cancel stops the present run, again and again, whatever the mode is. Who calls it knows that the run has not ended.
func (i *Interrupt) Cancel() {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.flags.Or(cancelled)
	i.adjust()
}

// Stopped reports whether Cancel has stopped anything since the last Restore.
func (i *Interrupt) Stopped() bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.stopped
}

// Restore ends what Cancel began, when the run has ended. An interrupt of Set that was not taken stays for the next run.
func (i *Interrupt) Restore() {
	if i.flags.Load()&cancelled == 0 { // so nothing has stopped because of it
		return
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	i.flags.And(^cancelled)
	i.stopped = false
	i.adjust()
}

// Message returns the error value, a string, that the interrupt raises: InterruptedMessage unless a [Foreground] has
// chosen another one.
func (i *Interrupt) Message() string {
	if i == nil {
		return InterruptedMessage
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.message == "" {
		return InterruptedMessage
	}
	return i.message
}

// adjust makes the signal follow the flags.
func (i *Interrupt) adjust() {
	pending := i.Pending()
	if pending != i.counted {
		if i.counted = pending; pending {
			interrupts.Add(1)
		} else {
			interrupts.Add(-1)
		}
	}
	switch {
	case pending && i.signal != nil && !i.closed:
		close(i.signal)
		i.closed = true
	case !pending && i.closed:
		i.signal, i.closed = nil, false
	}
}

// interrupts is how many interrupts there are in the process.
var interrupts atomic.Int64

// AnyInterrupt reports whether there may be an interrupt for any state of the process. It costs one atomic load. Adapters call
// it when a Go function has returned, which may have taken long: then the VM of an interrupted state looks before its next
// instruction.
func AnyInterrupt() bool { return interrupts.Load() > 0 }

// Pending reports whether there is an interrupt. It costs one atomic load.
func (i *Interrupt) Pending() bool { return i != nil && i.flags.Load() != 0 }

// Take reports whether there is an interrupt, and consumes one of mode InterruptOnce. A caller that gets true must end
// its work with an error.
func (i *Interrupt) Take() bool {
	if !i.Pending() {
		return false
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	switch flags := i.flags.Load(); {
	case flags == 0: // taken back in the meantime
		return false
	case flags&cancelled != 0:
		i.stopped = true
	case flags&forced == 0 && InterruptMode(flags) == InterruptOnce:
		i.flags.Store(0)
		i.adjust()
	}
	i.raised.Store(true)
	return true
}

// Done returns a channel that is closed while there is an interrupt. A wait that it ends must call Take; if that
// returns false, because the interrupt was taken back, the wait goes on with a new channel. On nil, Done returns nil.
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

// Caused reports whether an error with the given text is that of an interrupt, possibly with a position in front that
// coroutine.wrap has added. Adapters set Failure.Interrupted with it. A script that catches an interrupt and raises the
// same text later is believed.
func (i *Interrupt) Caused(text string) bool {
	if i == nil || !i.raised.Load() {
		return false
	}
	message := i.Message()
	return text == message || strings.HasSuffix(text, ": "+message)
}

// ContextDone returns the channel of vm's context, for a wait in a Go function. It is nil in a VM that has an interrupt,
// which then reports the end of the context, too.
func ContextDone(vm VM) <-chan struct{} {
	if vm.Env().Interrupt != nil {
		return nil
	}
	return vm.Env().Context().Done()
}
