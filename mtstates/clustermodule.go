package mtstates

import (
	"context"
	"errors"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/crossing"
)

// ErrOtherProcess is returned in Lua when a state of another process is to be closed, interrupted or shared.
var ErrOtherProcess = errors.New("state belongs to another process")

// contextIn returns the context for what the running function of s does.
func (m *module) contextIn(s backend.VM) context.Context {
	if m.run != nil {
		return m.run.context()
	}
	return m.env.Context()
}

// abroad runs a function that waits for another process, with a context that an interrupt of s ends, too. The interrupt
// is raised in s.
func (m *module) abroad(s backend.VM, wait func(ctx context.Context) error) error {
	ctx := m.contextIn(s)
	interrupt := s.Env().Interrupt
	if interrupt == nil {
		return wait(ctx)
	}
	defer interrupt.Resume(interrupt.Pause())
	ctx, cancel := context.WithCancel(ctx)
	over, taken := make(chan struct{}), make(chan bool)
	go func() { taken <- cancelOn(interrupt, over, cancel) }()
	err := wait(ctx)
	close(over)
	interrupted := <-taken
	cancel()
	if interrupted {
		raiseInterrupted(s)
	}
	return err
}

// cancelOn calls cancel at an interrupt. It reports whether it did so before over was closed.
func cancelOn(interrupt *backend.Interrupt, over <-chan struct{}, cancel func()) bool {
	for {
		select {
		case <-over:
			return false
		case <-interrupt.Done():
			if interrupt.Take() {
				cancel()
				return true
			}
		}
	}
}

// lookup is Registry.Lookup for the running function of s.
func (m *module) lookup(s backend.VM, name string) (ref Ref, err error) {
	if st, err := m.registry.stateByName(m.realm, name); err == nil || m.realm != nil || m.registry.cluster.Load() == nil {
		if err != nil {
			return nil, err
		}
		return st, nil
	}
	err = m.abroad(s, func(ctx context.Context) error {
		ref, err = m.registry.Lookup(ctx, name)
		return err
	})
	return ref, err
}

// callRef calls a state of another process with the values on the stack of s from index first to the top, and leaves the
// results there.
func (m *module) callRef(s backend.VM, ref Ref, first int) (int, error) {
	values, err := crossing.Read(s, first, s.GetTop(), nil, s.Env().Interrupt)
	if err != nil {
		return 0, crossingError(s, err, "call", first)
	}
	args := make([]any, len(values))
	for i := range values {
		args[i] = fromValue(values[i])
	}
	var results Results
	err = m.abroad(s, func(ctx context.Context) error {
		results, err = ref.Call(ctx, args...)
		return err
	})
	if err != nil {
		return 0, err
	}
	if values, err = appendValues(nil, results, "call"); err != nil {
		return 0, ErrStateResult.With(err.Error())
	}
	if err := crossing.Push(s, values, s.Env().Interrupt); err != nil {
		return 0, crossingError(s, err, "call", 1)
	}
	return len(results), nil
}

func (m *module) stateShare(s backend.VM, ref Ref) error {
	st, ok := ref.(*State)
	if !ok {
		return ErrOtherProcess
	}
	return m.abroad(s, func(ctx context.Context) error { return st.registry.Share(ctx, st) })
}
