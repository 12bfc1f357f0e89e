package llthreads2

import (
	"strings"
	"sync"
	"sync/atomic"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates/internal/failure"
	"github.com/mtstates/go-mtstates/mtstates/internal/owner"
	"github.com/mtstates/go-mtstates/mtstates/internal/threads"
)

var lastID atomic.Int64

// Thread runs code in its own VM. Only the VM that made it calls its methods.
type Thread struct {
	group      *Group
	id         int64      // within the process
	vm         backend.VM // nil when it is closed
	place      *place
	threads    *threads.Set
	interrupts *backend.Foreground // what stops the thread, and the states that it calls
	program    program

	started, detached, joinable, joined bool

	done chan struct{}
	err  *threadError // the failure; set before done is closed

	owned  owner.Owned
	handle owner.Handle // that of the VM that made the thread
	mu     sync.Mutex
	lapsed bool // nothing can ask for the results any more; mu guards it
	over   bool // the code has ended; mu guards it
}

// program describes the stack of the thread's VM.
type program struct {
	base    int  // values below
	init    int  // the number of values of lua_init and its arguments, which come next
	prelude bool // whether a prelude is above the code
	args    int  // on the top
}

// threadError is an error in a thread's code.
type threadError struct{ message string }

func (e *threadError) Error() string { return errorPrefix + e.message }

const errorPrefix = "Error from thread: "

func (t *Thread) start(detached, joinable bool) {
	t.started, t.detached, t.joinable = true, detached, joinable
	t.threads.Begin()
	t.group.begin(t)
	if detached {
		go t.run()
	} else {
		t.group.run(t.run)
	}
}

func (t *Thread) run() {
	defer t.threads.End()
	defer t.group.end(t)
	defer close(t.done)
	limit := t.vm.Env().MaxString
	if f := t.program.run(t.vm); f != nil {
		t.fail(f, limit)
	}
	t.mu.Lock()
	t.over = true
	closes := t.lapsed || !t.hasResults()
	t.mu.Unlock()
	if closes {
		t.close()
	}
}

// lapsed is a thread whose maker's VM is closed.
type lapsed Thread

// Expire closes the VM of the thread, which runs to its end if it runs.
func (l *lapsed) Expire(further *owner.Pending) {
	t := (*Thread)(l)
	t.mu.Lock()
	t.lapsed = true
	closes := !t.started || t.over && t.hasResults() // otherwise run closes it
	t.mu.Unlock()
	if closes && t.vm != nil {
		further.AddVM(t.vm)
		t.close()
	}
}

// hasResults reports whether a thread whose code has ended has results for a join.
func (t *Thread) hasResults() bool { return t.err == nil && t.joinable }

// close closes the VM. What it held can be collected even though the thread still exists.
func (t *Thread) close() {
	if t.vm != nil {
		t.vm.Close()
		t.vm = nil
		t.place.leave()
	}
}

// run leaves the results above the base, or the error value on the top.
func (p program) run(vm backend.VM) *backend.Failure {
	for i := range p.init {
		vm.PushValue(p.base + 1 + i)
	}
	if p.init > 0 {
		if f := vm.PCall(p.init-1, 0); f != nil {
			return f
		}
	}
	args := p.args
	code := p.base + p.init + 1
	if p.prelude {
		if f := vm.PCall(args, backend.MultipleResults); f != nil {
			return f
		}
		args = vm.GetTop() - code
	}
	return vm.PCall(args, backend.MultipleResults)
}

// fail records the error, whose value is on the top of the stack, and reports it in at most limit bytes.
func (t *Thread) fail(f *backend.Failure, limit int) {
	message, trace := failure.Report(t.vm, f)
	t.err = &threadError{fit(message, trace, limit-len(errorPrefix))}
	t.interrupts.Set(backend.InterruptReset) // the code has ended, and the logger may run
	if f.Broken || !callLogger(t.vm, t.err.Error()) {
		t.group.report(t.err.Error())
	}
	if t.joinable { // otherwise no join can acknowledge it, and the script did not ask for it
		t.group.failed(t.id, t.err)
	}
}

// fit returns a message and its traceback, and cuts the message if both together are longer than room.
func fit(message, trace string, room int) string {
	const dots = "..."
	if trace != "" {
		message = strings.TrimSuffix(message, "\n")
	}
	if len(message)+len(trace) > room {
		message = message[:min(len(message), max(0, room-len(trace)-len(dots)))] + dots
	}
	return message + trace
}

// alive reports whether the thread runs.
func (t *Thread) alive() bool {
	if !t.started {
		return false
	}
	select {
	case <-t.done:
		return false
	default:
		return true
	}
}
