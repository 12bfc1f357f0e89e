package mtstates

import (
	"context"
	"fmt"
	"reflect"
	"runtime"
	"sync"
	"time"

	"github.com/mtstates/go-mtstates/backend"
)

// scope is what a context ends: the calls that run under it in one thread, each inside of the one before. A context is
// asked to report its end once for all of them, and not again for a state that is called with it again and again.
type scope struct {
	// done is the channel of a context that the scope may refer to for longer than a call, otherwise nil.
	done    <-chan struct{}
	cleaned bool // whether the scope is closed when the state in which it rests is collected

	mu         sync.Mutex
	stop       func() bool // takes back that the context reports its end; nil if it has done so, or need not any more
	ended      bool
	interrupts []*backend.Interrupt
}

// resting is the scope of a state between calls with the same context, which nothing needs to be told then. It belongs to the
// goroutine that holds the state.
type resting struct {
	scope *scope
	done  <-chan struct{} // of the context of the last call that could end; the channel keeps no context alive
	calls int             // with that context, in a row
}

// fewCalls is how many calls with one context make it likely that there are more. The end of a context of which a scope waits
// for it costs a goroutine, so that a scope does not rest for one that ends after each call or two, as those of requests do.
const fewCalls = 8

// doneOfBare returns the channel of a context that has no value itself, so that what refers to it for longer keeps alive only
// what the context's parent refers to as well, if that can end. It is nil for other contexts.
func doneOfBare(ctx context.Context) <-chan struct{} {
	if t := reflect.TypeOf(ctx); t == cancelContext || t == timedContext {
		return ctx.Done()
	}
	return nil
}

var cancelContext, timedContext = func() (reflect.Type, reflect.Type) {
	ending, cancel := context.WithCancel(context.Background())
	defer cancel()
	timed, cancelTimed := context.WithTimeout(ending, time.Hour)
	defer cancelTimed()
	return reflect.TypeOf(ending), reflect.TypeOf(timed)
}()

// enter lets the context of a call, which can end, stop the call. It returns the scope.
func (st *State) enter(o *origin) *scope {
	done := doneOfBare(o.ctx)
	if s := st.resting.scope; s != nil && o.scope == nil && s.done == done {
		st.resting.scope = nil
		s.add(st.interrupt)
		return s
	}
	st.endRest()
	s := o.scope
	if s == nil {
		s = &scope{done: done}
		s.open(o.ctx)
	}
	s.add(st.interrupt)
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
	last := s.remove(st.interrupt)
	st.interrupt.Restore()
	if last {
		if st.rests(s) {
			return
		}
		s.close()
	}
	switch {
	case around != nil:
		around.renew(st.interrupt)
	case !st.interrupt.InForeground():
		st.ignoreInterrupt()
	}
}

// rests lets a scope that no call has any more rest in the state, if that is of use.
func (st *State) rests(s *scope) bool {
	rest := &st.resting
	if s.done == nil || st.run.state != nil || st.vm == nil {
		return false
	}
	if rest.done != s.done {
		rest.done, rest.calls = s.done, 0
	}
	if rest.calls++; rest.calls < fewCalls {
		return false
	}
	if !s.cleaned {
		s.cleaned = true
		runtime.AddCleanup(st, (*scope).close, s)
	}
	rest.scope = s
	return true
}

// endRest ends the scope that rests in the state, if there is one.
func (st *State) endRest() {
	s := st.resting.scope
	if s == nil {
		return
	}
	st.resting.scope = nil
	s.close()
	if !st.registry.interrupt && st.vm != nil {
		st.vm.Env().SetInterruptible(false)
	}
}

// open lets the context report its end.
func (s *scope) open(ctx context.Context) {
	stop := atEnd(ctx, s.end)
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.ended {
		s.stop = stop
	}
}

// close ends what open began.
func (s *scope) close() {
	s.mu.Lock()
	stop := s.stop
	s.stop = nil
	s.mu.Unlock()
	if stop != nil {
		stop()
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
	s.ended, s.stop = true, nil
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
