package mtstates

import (
	"context"
	"fmt"
	"sync"

	"github.com/mtstates/go-mtstates/backend"
)

// scope is what a context ends: the calls that run under it in one thread, each inside of the one before. A context is
// asked to report its end once for all of them.
type scope struct {
	stop func() bool // for the outermost call

	mu         sync.Mutex
	ended      bool
	interrupts []*backend.Interrupt
}

// enter lets the context of a call, which can end, stop the call. It returns the scope.
func (st *State) enter(o *origin) *scope {
	s := o.scope
	if s == nil {
		s = &scope{}
	}
	s.add(st.interrupt)
	if o.scope == nil {
		s.stop = atEnd(o.ctx, s.end)
	}
	if !st.registry.interrupt && st.run.scope == nil {
		st.vm.Env().SetInterruptible(true)
	}
	return s
}

// canEnd reports whether a context can end.
func canEnd(ctx context.Context) bool {
	if _, reports := ctx.(afterFuncer); reports {
		return true
	}
	return ctx.Done() != nil
}

// afterFuncer is a context that has what context.AfterFunc asks for. Those of calls from other processes have it, and make
// a channel only if they are asked for one.
type afterFuncer interface {
	AfterFunc(f func()) (stop func() bool)
}

// atEnd is context.AfterFunc.
func atEnd(ctx context.Context, f func()) (stop func() bool) {
	if own, ok := ctx.(afterFuncer); ok {
		return own.AfterFunc(f)
	}
	return context.AfterFunc(ctx, f)
}

// leave ends what enter began, so that the next call cannot be hit. around is the scope of the call in which this one was
// made, if the thread holds the state still.
func (st *State) leave(s, around *scope) {
	if s.remove(st.interrupt) {
		s.stop()
	}
	st.interrupt.Restore()
	switch {
	case around != nil:
		around.renew(st.interrupt)
	case !st.interrupt.InForeground():
		st.ignoreInterrupt()
	}
}

func (s *scope) add(i *backend.Interrupt) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.interrupts = append(s.interrupts, i)
	if s.ended {
		i.Cancel()
	}
}

// remove reports whether the interrupt was the last one.
func (s *scope) remove(i *backend.Interrupt) (last bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for at := len(s.interrupts) - 1; at >= 0; at-- {
		if s.interrupts[at] == i {
			s.interrupts = append(s.interrupts[:at], s.interrupts[at+1:]...)
			break
		}
	}
	return len(s.interrupts) == 0
}

// renew lets the scope stop again what it has stopped.
func (s *scope) renew(i *backend.Interrupt) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ended {
		i.Cancel()
	}
}

func (s *scope) end() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ended = true
	for _, i := range s.interrupts {
		i.Cancel()
	}
}

// endedBy returns the error of a call that the end of its context has stopped. cause is what the call itself failed with;
// nil if it did not begin.
func endedBy(ctx context.Context, details string, cause error) *Error {
	e := ErrInterrupted.With(fmt.Sprintf("%s (%v)", details, ctx.Err()))
	e.cause = &ending{ctx, cause}
	return e
}

// ending is the end of a context as the cause of an error.
type ending struct {
	ctx   context.Context
	cause error
}

func (e *ending) Error() string { return context.Cause(e.ctx).Error() }

func (e *ending) Unwrap() []error {
	all := []error{e.ctx.Err(), context.Cause(e.ctx)}
	if e.cause != nil {
		all = append(all, e.cause)
	}
	return all
}
