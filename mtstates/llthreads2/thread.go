package llthreads2

import (
	"errors"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates/internal/failure"
)

const threadType = "llthreads2.thread"

// Thread runs a function in a VM of its own. Its methods are called by one VM only, the one that made it.
type Thread struct {
	group    *Group
	vm       backend.State // has the function and its arguments, later the results
	base     int           // values on the stack below the function
	args     int
	started  bool
	joinable bool
	done     chan struct{}
	err      error // why it ended; set before done is closed
}

// threadError is an error in a thread's code.
type threadError struct{ message, traceback string }

func (e *threadError) Error() string {
	return "Error from thread: " + e.message + "\n" + e.traceback
}

func (t *Thread) start(detached, joinable bool) error {
	if t.started {
		return errors.New("thread already started")
	}
	t.started, t.joinable, t.done = true, joinable, make(chan struct{})
	if detached {
		go t.run()
	} else {
		t.group.running.Go(t.run)
	}
	return nil
}

func (t *Thread) run() {
	defer close(t.done)
	f := t.vm.ProtectedCall(t.args, backend.MultipleResults)
	if f == nil {
		return
	}
	_, message := failure.Value(t.vm, f)
	t.err = &threadError{message, f.Traceback}
	t.group.failed(t, t.err)
}

// alive tells whether the thread runs.
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
