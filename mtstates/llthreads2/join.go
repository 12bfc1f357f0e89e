package llthreads2

import (
	"errors"
	"fmt"
	"time"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/binding"
	"github.com/mtstates/go-mtstates/backend/crossing"
	"github.com/mtstates/go-mtstates/mtstates"
	"github.com/mtstates/go-mtstates/mtstates/internal/seconds"
	"github.com/mtstates/go-mtstates/mtstates/internal/threads"
	"github.com/mtstates/go-mtstates/mtstates/modules"
)

func (m *module) threadJoin(s backend.VM, t *Thread, timeout binding.Optional[float64]) (int, error) {
	switch {
	case !t.started:
		return refuse(s, "can't join a thread that hasn't been started")
	case t.detached && !t.joinable:
		return refuse(s, "can't join a thread that has been detached")
	case t.joined:
		return refuse(s, "can't join a thread that has already been joined")
	case !t.wait(s, timeout):
		return refuse(s, "timeout")
	}
	if !t.joinable {
		t.joined = true
		s.PushBoolean(true)
		s.PushNumber(0)
		return 2, nil
	}
	return t.take(s)
}

// refuse returns nil and a message.
func refuse(s backend.VM, message string) (int, error) {
	s.PushNil()
	s.PushString(message)
	return 2, nil
}

// wait waits for the end of the thread and reports whether it came in time. It raises an error in s if s is
// interrupted, or if all threads wait.
func (t *Thread) wait(s backend.VM, limit binding.Optional[float64]) bool {
	if !t.alive() {
		return true
	}
	var timeout <-chan time.Time
	if limit.Present {
		wait := seconds.Duration(limit.Value)
		if wait == 0 {
			return false
		}
		timer := time.NewTimer(wait)
		defer timer.Stop()
		timeout = timer.C
	}
	interrupt := s.Env().Interrupt
	defer interrupt.Resume(interrupt.Pause())
	var all *threads.Set
	if timeout == nil {
		all = threads.Of(s)
	}
	over := func() bool { return interrupt.Pending() || !t.alive() }
	wait := all.BeginJoin(over)
	defer func() { wait.End() }()
	for {
		select {
		case <-t.done:
			return true
		case <-wait.Stuck():
			modules.Raise(s, mtstates.ErrDeadlock.With("all threads wait, one for the end of a thread"))
		case <-timeout:
			return !t.alive()
		case <-interrupt.Done():
			wait.End()
			if !interrupt.Take() {
				wait = all.BeginJoin(over)
				continue
			}
		case <-backend.ContextDone(s):
		}
		s.PushString(interrupt.Message())
		s.Error()
	}
}

// take hands the results of an ended thread, or its error, to s. If s has no room for the results, they stay.
func (t *Thread) take(s backend.VM) (int, error) {
	if t.err != nil {
		if len(t.err.message) > s.Env().MaxString { // s belongs to another host than the thread
			return backend.RaiseOutOfMemory(), nil
		}
		t.finish()
		s.PushBoolean(false)
		s.PushString(t.err.message)
		return 2, nil
	}
	vm, first := t.vm, t.program.base+t.program.init+1
	base := s.GetTop()
	s.PushBoolean(true)
	err := crossing.CopyResults(vm, s, first, vm.GetTop())
	var unsupported *crossing.UnsupportedError
	switch {
	case errors.As(err, &unsupported):
		s.SetTop(base)
		s.PushBoolean(false)
		s.PushString(fmt.Sprintf("thread returns bad parameter #%d: %s", unsupported.Index-first+1, unsupported))
	case err != nil:
		return 0, modules.CrossingError(s, err, "join", 1)
	}
	t.finish()
	return s.GetTop() - base, nil
}

// finish marks the thread as joined and closes its VM.
func (t *Thread) finish() {
	t.joined = true
	t.group.seen(t.id)
	t.close()
}
