package mtstates

import (
	"context"
	"errors"
	"time"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates/internal/threads"
)

// acquire takes the state for the caller, or returns the reason why it cannot. It waits for the end of a scrub, unless
// another call waits for that already, and for nothing else.
func (st *State) acquire() error {
	for !st.tryAcquire() {
		switch mode := st.mode.Load(); {
		case mode&(closed|doomed) != 0:
			return ErrObjectClosed.With(st.label())
		case mode == scrubbing:
			if w := st.queueForScrub(); w != nil {
				defer w.free()
				return st.awaitTurn(w, nil, patience{})
			}
		case mode&^queued != idle:
			return st.inUse()
		}
	}
	return nil
}

func (st *State) inUse() error { return ErrConcurrentAccess.With("state in use: " + st.label()) }

// patience is what ends a wait for a state beside its turn and the context of the call. The zero value waits for ever.
type patience struct {
	// timeout ends the wait with errTimeout, if timed is set.
	timeout time.Duration
	timed   bool
	// interrupt ends the wait with errWaitInterrupted; the caller of await has not taken it. It may be nil.
	interrupt *backend.Interrupt
	// threads end the wait with ErrDeadlock if all of them wait. They may be nil.
	threads *threads.Set
}

var (
	errTimeout         = errors.New("timeout")
	errWaitInterrupted = errors.New(backend.InterruptedMessage)
)

// await takes the state for a call when its turn has come. The errors are ErrObjectClosed, ErrDeadlock if that cannot be
// because the state waits for the thread of the call, that of the context, and those of patience. A wait with a timeout
// is never a deadlock, and none for others.
func (st *State) await(o *origin, p patience) error {
	if st.tryAcquire() {
		return nil
	}
	if held := o.held(); len(held) > 0 && (!p.timed || p.timeout > 0) {
		wait, err := beginWait(held, target{state: st}, p.timed)
		if err != nil {
			return err
		}
		defer wait.end()
	}
	w, err := st.queue()
	if w == nil {
		return err
	}
	defer w.free()
	if !p.timed {
		p.threads = st.registry.threads
	}
	return st.awaitTurn(w, o.ctx, p)
}

// awaitTurn waits in line.
func (st *State) awaitTurn(w *waiter, ctx context.Context, p patience) error {
	var done <-chan struct{}
	if ctx != nil {
		done = ctx.Done()
	}
	var expired <-chan time.Time
	if p.timed {
		timer := time.NewTimer(p.timeout)
		defer timer.Stop()
		expired = timer.C
	}
	for {
		wait := p.threads.BeginWait(func() bool { return p.interrupt.Pending() || st.turnComes(w) })
		err := w.wait(done, expired, p.interrupt, wait.Stuck())
		wait.End()
		if err == nil {
			if over, err := st.look(w); over {
				return err
			}
			continue
		}
		if err == errWaitInterrupted && !p.interrupt.Take() { // it was taken back
			continue
		}
		if gone, closed := st.giveUp(w); !gone && closed != nil {
			return closed
		} else if !gone { // the turn came in the same moment
			st.free()
		}
		if err == errStuck {
			return ErrDeadlock.With("all threads wait, one for " + st.label())
		}
		if err == errContext {
			return endedBy(ctx, st.label()+": interrupted before the call", nil)
		}
		return err
	}
}

// The errors of waiter.wait when the context of the call has ended, and when all threads wait.
var (
	errContext = errors.New("context")
	errStuck   = errors.New("stuck")
)

// wait returns nil when there is something to look at, or what has ended the wait.
func (w *waiter) wait(done <-chan struct{}, expired <-chan time.Time, interrupt *backend.Interrupt, stuck <-chan struct{}) error {
	if done == nil && expired == nil && interrupt == nil && stuck == nil {
		<-w.ready
		return nil
	}
	select {
	case <-w.ready:
		return nil
	case <-done:
		return errContext
	case <-expired:
		return errTimeout
	case <-interrupt.Done():
		return errWaitInterrupted
	case <-stuck:
		return errStuck
	}
}
