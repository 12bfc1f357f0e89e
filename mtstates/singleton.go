package mtstates

import (
	"context"
	"errors"
	"sync"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/mtstates/internal/threads"
)

// singletons are the states that are found by name or made.
type singletons struct {
	mu     sync.Mutex
	making map[string]*making // by the key of the name
}

// making is a singleton that is being made.
type making struct {
	state *State        // in its setup
	done  chan struct{} // closed when the setup has ended
}

// singleton finds the state with the name of b, or makes it; made reports which. Of several threads that want to make it,
// the first does and the others wait. s is the VM that asks.
func (r *Registry) singleton(s backend.VM, b blueprint) (st *State, made bool, err error) {
	for {
		st, own, other, err := r.findOrBegin(b)
		switch {
		case err != nil || st != nil:
			return st, false, err
		case own != nil:
			st, err := r.finish(own, b)
			if errors.Is(err, ErrObjectExists) { // newstate may have made it in the meantime
				if st, err := r.stateByName(b.realm, b.name); err == nil {
					return st, false, nil
				}
			}
			return st, true, err
		}
		if err := other.await(s, &b.origin); err != nil {
			return nil, false, err
		}
	}
}

// findOrBegin returns the state with the name of b, or begins to make it, or returns what another thread has begun.
func (r *Registry) findOrBegin(b blueprint) (st *State, own, other *making, err error) {
	r.singletons.mu.Lock()
	defer r.singletons.mu.Unlock()
	st, err = r.stateByName(b.realm, b.name)
	if err == nil || !errors.Is(err, ErrUnknownObject) {
		return st, nil, nil, err
	}
	if other := r.singletons.making[b.realm.Key(b.name)]; other != nil {
		return nil, nil, other, nil
	}
	own = &making{r.newState(b), make(chan struct{})}
	if r.singletons.making == nil {
		r.singletons.making = map[string]*making{}
	}
	r.singletons.making[b.realm.Key(b.name)] = own
	return nil, own, nil, nil
}

// finish makes the state of m. The others may go on when its setup has ended, even with a panic.
func (r *Registry) finish(m *making, b blueprint) (*State, error) {
	defer func() {
		r.singletons.mu.Lock()
		defer r.singletons.mu.Unlock()
		delete(r.singletons.making, b.realm.Key(b.name))
		close(m.done)
	}()
	return m.state.create(b)
}

func (m *making) ended() bool {
	select {
	case <-m.done:
		return true
	default:
		return false
	}
}

// await waits until the setup has ended. The errors are those of State.await without patience.
func (m *making) await(s backend.VM, o *origin) error {
	if held := o.held(); len(held) > 0 {
		wait, err := beginWait(held, target{state: m.state}, false)
		if err != nil {
			return err
		}
		defer wait.end()
	}
	ctx := o.ctx
	if ctx == nil {
		ctx = context.Background()
	}
	interrupt := s.Env().Interrupt
	defer interrupt.Resume(interrupt.Pause())
	over := func() bool { return interrupt.Pending() || m.ended() }
	wait := threads.Of(s).BeginWait(over)
	defer func() { wait.End() }()
	for {
		select {
		case <-m.done:
			return nil
		case <-wait.Stuck():
			return ErrDeadlock.With("all threads wait, one for the setup of " + m.state.label())
		case <-ctx.Done():
			return endedBy(ctx, m.state.label()+": interrupted before the call", nil)
		case <-interrupt.Done():
			wait.End()
			if interrupt.Take() {
				raiseInterrupted(s)
			}
			wait = threads.Of(s).BeginWait(over)
		}
	}
}
