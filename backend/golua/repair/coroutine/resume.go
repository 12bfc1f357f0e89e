package coroutine

import (
	"errors"

	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend/golua/repair/layout"
)

// maxNested is how deeply calls of Go functions may be nested, of which a resume is one. The VM raises an error at 200,
// and needs some to handle it.
const maxNested = 195

// The reasons for which Resume refuses.
var (
	ErrDead         = errors.New("cannot resume dead coroutine")
	ErrNotSuspended = errors.New("cannot resume non-suspended coroutine")
	//lint:ignore ST1005 the text is that of Lua
	ErrTooDeep   = errors.New("C stack overflow")
	ErrArguments = errors.New("too many arguments to resume")
	ErrResults   = errors.New("too many results to resume")
)

// errYielded is what attempt returns when the coroutine has yielded.
var errYielded = errors.New("yield")

// Resume lets the coroutine go on with the n values on the top of l, until it yields, returns or raises an error, and
// replaces them by the results values that it yields or returns, or by one error value, when err is not nil. Without such
// a value, err is one of the reasons above, and the n values are gone.
func (c *Coroutine) Resume(l *lua.State, n int) (results int, err error) {
	if err := c.refusal(l, n); err != nil {
		l.Pop(n)
		return 0, err
	}
	move(l, &c.vm, n)
	c.parent, c.status = l, Active
	s := layout.StateOf(&c.vm)
	c.nested = layout.StateOf(l).NestedGoCallCount
	ended := false
	defer func() {
		if !ended { // the goroutine ends
			c.parent, c.status = nil, Dead
		}
	}()
	err = c.run(n)
	ended = true
	c.parent, c.status = nil, Dead
	switch err {
	case nil:
		n = s.Top - 1 - len(c.adapter.Bottom)
	case errYielded:
		n, c.status = c.values, Suspended
	default:
		l.CheckStack(1)
		l.PushLightUserData(s.Stack[s.Top-1]) // it stays, too: the frames are there for a traceback
		return 1, err
	}
	if !l.CheckStack(n) {
		s.Top -= n
		return 0, ErrResults
	}
	move(&c.vm, l, n)
	scrub(s)
	return n, nil
}

func (c *Coroutine) refusal(l *lua.State, n int) error {
	switch {
	case c.status == Dead:
		return ErrDead
	case c.status != Suspended:
		return ErrNotSuspended
	case layout.StateOf(l).NestedGoCallCount >= maxNested:
		return ErrTooDeep
	case n > maxArguments || !c.vm.CheckStack(n):
		return ErrArguments
	}
	return nil
}

// maxArguments is less than a stack holds, so that its function has room for its registers. An error for want of it must
// not come before the function runs: the VM would look for its line.
const maxArguments = 999_000

// run lets the coroutine go on until it has ended, which is nil, or yielded, or until an error has ended it.
func (c *Coroutine) run(n int) error {
	err := c.attempt(func() error { return c.begin(n) })
	for err != nil && err != errYielded {
		f := protected(layout.StateOf(&c.vm))
		if f == nil {
			return err
		}
		c.metamethods = metamethods(f)
		err = c.attempt(func() error {
			c.finishGo(f, c.drop(f, err))
			return c.unroll()
		})
	}
	return err
}

// attempt calls f and returns its error, or the one that was raised.
func (c *Coroutine) attempt(f func() error) (err error) {
	s := layout.StateOf(&c.vm)
	returned := false
	defer func() {
		if returned {
			return
		}
		e := recover()
		c.entry.end(s)
		c.exit.end(s)
		if s.ShouldYield {
			s.ShouldYield = false
			err = errYielded
		} else if e != nil {
			err = c.adapter.LuaError(&c.vm, e)
		}
	}()
	s.NestedGoCallCount, s.NonYieldableCallCount, c.looping = c.nested+c.metamethods, 0, false
	err = f()
	returned = true
	return err
}

// begin starts the coroutine, or goes on after its yield.
func (c *Coroutine) begin(n int) error {
	s := layout.StateOf(&c.vm)
	if s.CallInfo != &s.BaseCallInfo {
		c.leave(s.CallInfo, n)
	} else if err := c.call(n, lua.MultipleReturns); err != nil {
		return err
	}
	return c.unroll()
}

// protected returns the innermost frame of a suspended protected call. The protected calls of the Go functions that still
// run have not let the error through.
func protected(s *layout.State) *layout.Frame {
	for f := s.CallInfo; f != &s.BaseCallInfo; f = f.Previous {
		if !f.IsLua() && f.CallStatus&layout.StatusProtected != 0 {
			return f
		}
	}
	return nil
}
