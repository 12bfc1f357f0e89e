package coroutine

import (
	lua "github.com/Shopify/go-lua"

	"github.com/mtstates/go-mtstates/backend/golua/repair/layout"
)

// Yieldable reports whether what runs in l may yield: it is a coroutine, and no Go function that cannot be suspended stands
// between the resume and the running function.
func Yieldable(l *lua.State) bool { return layout.StateOf(l).NonYieldableCallCount <= 0 }

// Yield suspends the coroutine l; the values on the stack of the running function are those that the resume returns. The
// running function must return what Yield returns, and do no more. What the next resume passes are its results. l must be
// Yieldable.
func Yield(l *lua.State) int {
	c := Of(l)
	c.values = l.Top()
	if c.metamethods = 0; c.leaveLoop() {
		return 0
	}
	c.metamethods = metamethods(layout.StateOf(l).CallInfo)
	layout.StateOf(l).ShouldYield = true
	panic(errYielded)
}

// Yielding reports whether the panic in l is a yield. Deferred functions let it through without a recover, which takes
// longer than all the rest.
func Yielding(l *lua.State) bool { return layout.StateOf(l).ShouldYield }

// Yielded reports whether the Go function that has run in l has yielded, without a panic: it has not returned yet.
func Yielded(l *lua.State) bool {
	c := Of(l)
	return c != nil && c.exit.caller != nil
}

// ProtectedCall calls, with args arguments, and protects what may yield: the VM's protected calls either do not let a yield
// through, or leave errors to the resume. It is for a Go function that returns what finish returns: finish is its
// continuation, to which Context gives the error, nil if there was none. The results or the error value stand where the
// function stood. handler is the index of a message handler, 0 for none. l must be Yieldable.
func ProtectedCall(l *lua.State, args, handler int, finish lua.Function) (results int) {
	if err := protect(l, args, handler, finish); err != nil {
		f := layout.StateOf(l).CallInfo
		f.CallStatus |= layout.StatusYielded
		f.GoCallInfo.Error = err
	}
	return finish(l)
}

// protect is the call; an error has dropped its frames.
func protect(l *lua.State, args, handler int, finish lua.Function) (err error) {
	s, c, returned := layout.StateOf(l), Of(l), false
	f, nested := s.CallInfo, s.NestedGoCallCount
	defer func() {
		if returned || s.ShouldYield {
			return
		}
		if e := recover(); e != nil {
			s.NestedGoCallCount = nested
			err = c.drop(f, c.adapter.LuaError(l, e))
			f.CallStatus &^= layout.StatusProtected
			s.ErrorFunction = f.GoCallInfo.OldErrorFunction
		}
	}()
	err = l.ProtectedCallWithContinuation(args, lua.MultipleReturns, c.adapter.Handler, handler, finish)
	returned = true
	return err
}

// drop drops the frames above a protected call that an error ends. The error value, on the top, goes to where the call's
// function stood.
func (c *Coroutine) drop(f *layout.Frame, err error) error {
	s := layout.StateOf(&c.vm)
	if handler := f.GoCallInfo.Context; handler != 0 {
		err = c.adapter.Handle(&c.vm, s.Stack[f.Function+handler], err)
	}
	s.CallInfo, s.AllowHook, s.NonYieldableCallCount = f, f.GoCallInfo.OldAllowHook, 0
	// The VM's protection moves the value, and closes the upvalues of the dead frames, when it believes that all of them
	// were arguments of a function that failed.
	s.Stack[f.GoCallInfo.Extra] = failing
	_ = c.vm.ProtectedCall(s.Top-f.GoCallInfo.Extra-1, 0, 0)
	return err
}

// failing is a function that leaves its last argument as the error value. All VMs share it.
var failing any

type failure struct{}

func (failure) Error() string { return "failure" }

func fail(*lua.State) int { panic(failure{}) }
